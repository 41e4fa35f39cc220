import type { RedisAddress } from '../../config/redis-address.ts';
import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { connectRedis, type RedisClient } from '../../jobs/queue/redis-connection.ts';
import { checkClock } from './clock.ts';
import { advice, type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'Redis';
const ANSWER_TIMEOUT_MS = 5_000;

/** Checks that Redis answers and keeps what it is given. */
export async function checkRedis(address: RedisAddress): Promise<Finding[]> {
  const redis = connectRedis(address);
  // The client reconnects for ever: the first error is enough.
  const failed = new Promise<never>((_, reject) => redis.on('error', reject));
  try {
    const work = Promise.race([inspect(redis), failed]);
    const findings = await withTimeout(ANSWER_TIMEOUT_MS, work);
    if (findings === TIMED_OUT) throw new Error('no answer');
    return findings;
  } catch (error) {
    return [wrong(SUBJECT, `It cannot be used (${reasonOf(error)}).`, remedyFor(error))];
  } finally {
    redis.disconnect();
  }
}

async function inspect(redis: RedisClient): Promise<Finding[]> {
  const [seconds, micros] = await redis.time();
  const aheadMs = Number(seconds) * 1000 + Number(micros) / 1000 - Date.now();
  const facts = new Map(
    (await redis.info()).split('\r\n').map((line) => line.split(':', 2) as [string, string]),
  );
  return [
    good(SUBJECT, `It answers, and is ${facts.get('redis_version')}.`),
    checkPolicy(facts.get('maxmemory_policy')),
    checkAof(facts.get('aof_enabled')),
    checkClock(SUBJECT, aheadMs),
  ];
}

/** https://docs.bullmq.io/guide/going-to-production#max-memory-policy */
function checkPolicy(policy: string | undefined): Finding {
  return policy === 'noeviction'
    ? good(SUBJECT, 'It forgets nothing when its memory is full.')
    : wrong(
        SUBJECT,
        `When its memory is full it drops jobs (maxmemory-policy is ${policy}).`,
        'Type: redis-cli config set maxmemory-policy noeviction; and write the same into redis.conf.',
      );
}

/** Only advice: the sweep finds lost jobs again in the store within seconds. */
function checkAof(enabled: string | undefined): Finding {
  return enabled === '1'
    ? good(SUBJECT, 'It keeps what it has on disk.')
    : advice(
        SUBJECT,
        'It keeps nothing on disk: after its restart Convenor has to find the next jobs in the store again.',
        'Type: redis-cli config set appendonly yes; and write the same into redis.conf.',
      );
}

function remedyFor(error: unknown): string {
  return /^(NOAUTH|WRONGPASS|NOPERM)/.test(reasonOf(error))
    ? 'Correct the user and password in REDIS_URL; marks in a password are percent-encoded.'
    : 'Is it running (systemctl status redis-server), does REDIS_URL name it, and may this machine reach it?';
}
