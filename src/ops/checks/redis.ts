import type { RedisAddress } from '../../config/redis-address.ts';
import { connectRedis, type RedisClient } from '../../jobs/queue/redis-connection.ts';
import { advice, type Finding, good, reasonOf, wrong } from '../finding.ts';
import { checkClock } from './clock.ts';

const ABOUT = 'Redis';
/** How long Redis may take to answer (ms). */
const PATIENCE = 5_000;

/** Redis: whether it answers, and keeps what it is given. */
export async function checkRedis(address: RedisAddress): Promise<Finding[]> {
  const redis = connectRedis(address);
  // It would try again without end; the first failure tells enough.
  const lost = new Promise<never>((_, reject) => redis.on('error', reject));
  const late = AbortSignal.timeout(PATIENCE);
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error('no answer')));
  });
  try {
    return await Promise.race([ask(redis), lost, tooLate]);
  } catch (error) {
    return [wrong(ABOUT, `It cannot be used (${reasonOf(error)}).`, remedyFor(error))];
  } finally {
    redis.disconnect();
  }
}

async function ask(redis: RedisClient): Promise<Finding[]> {
  const [seconds, micros] = await redis.time();
  const ahead = Number(seconds) * 1000 + Number(micros) / 1000 - Date.now();
  const facts = new Map(
    (await redis.info()).split('\r\n').map((line) => line.split(':', 2) as [string, string]),
  );
  return [
    good(ABOUT, `It answers, and is ${facts.get('redis_version')}.`),
    checkPolicy(facts.get('maxmemory_policy')),
    checkAof(facts.get('aof_enabled')),
    checkClock(ABOUT, ahead),
  ];
}

/** https://docs.bullmq.io/guide/going-to-production#max-memory-policy */
function checkPolicy(policy: string | undefined): Finding {
  return policy === 'noeviction'
    ? good(ABOUT, 'It forgets nothing when its memory is full.')
    : wrong(
        ABOUT,
        `When its memory is full it drops jobs (maxmemory-policy is ${policy}).`,
        'Type: redis-cli config set maxmemory-policy noeviction; and write the same into redis.conf.',
      );
}

/** What is lost with Redis is found again in the store within seconds: a convenience. */
function checkAof(enabled: string | undefined): Finding {
  return enabled === '1'
    ? good(ABOUT, 'It keeps what it has on disk.')
    : advice(
        ABOUT,
        'It keeps nothing on disk, so that after its restart what is about to happen is looked for anew.',
        'Type: redis-cli config set appendonly yes; and write the same into redis.conf.',
      );
}

function remedyFor(error: unknown): string {
  return /^(NOAUTH|WRONGPASS|NOPERM)/.test(reasonOf(error))
    ? 'Mend the user and password in REDIS_URL; marks in a password are percent-encoded.'
    : 'Is it running (systemctl status redis-server), does REDIS_URL name it, and may this machine reach it?';
}
