import { type Job as BullJob, Queue, Worker } from 'bullmq';
import { Cluster } from 'ioredis';
import type { RedisAddress } from '../../config/redis-address.ts';
import { TimeoutError, withTimeout, withTimeoutOrThrow } from '../../core/async/with-timeout.ts';
import { systemClock } from '../../core/base/clock.ts';
import { randomKey } from '../../core/base/id.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import { troubleLog } from '../../core/base/trouble-log.ts';
import type { Job, Jobs, QueueError } from '../../core/ports/jobs.ts';
import { connectRedis } from './redis-connection.ts';
import { redisTrouble, redisUnreachable, troubleInInfo } from './redis-errors.ts';

/** How many jobs one process runs at once. */
const CONCURRENCY = 10;
/** How long Redis may take to add a job or to count them (ms). */
const REDIS_TIMEOUT_MS = 2_000;
/** How long running jobs may take to end when the queue is closed (ms). */
const CLOSE_TIMEOUT_MS = 5_000;
/**
 * How many times a job is run again after its worker died. BullMQ's default is 1: after a second death the job would be
 * dropped, and the row found again only when its lease ends.
 */
const MAX_STALLED_COUNT = 100;
/**
 * How soon a worker repeats a command that a lost connection cut off (ms). With BullMQ's default, 15 s, each running job
 * would block its slot for that long after the connection is back.
 */
const RETRY_DELAY_MS = 500;
/** BullMQ writes a stream of events, which nobody reads here: keep it short. */
const MAX_EVENTS_KEPT = 100;
/** A lost connection is noticed this soon after the first command has failed (ms). */
const LOST_CONNECTION_NOTICED_MS = 200;
/** How often Redis is asked, after trouble, whether it is over (ms). */
const CHECK_INTERVAL_MS = 15_000;
/** Between the two parts of a job's id: its claim's token, and a key that makes it unique. */
const ID_SEPARATOR = '~';

export interface BullmqOptions {
  redis: RedisAddress;
  log: Log;
  /** How many jobs this process runs at once; default 10. */
  concurrency?: number;
  /** How long running jobs may take to end when it is closed (ms); default 5000: enough for two sends that time out. */
  closeTimeoutMs?: number;
  /** Prefix of the queue's keys, so that several installations can share a Redis; default `convenor`. */
  name?: string;
}

/** The jobs port on Redis. */
export interface RedisJobs extends Jobs {
  /** @throws QueueError while Redis cannot be reached, takes no writes, or may throw jobs away. */
  ping(): Promise<void>;
}

/** A job as `addBulk` takes it. */
type BulkJob = Parameters<Queue<Job>['addBulk']>[0][number];

/**
 * The jobs port on Redis, shared by all processes. It holds only jobs of the next seconds; when Redis loses them, the
 * sweep claims the rows again. A lost connection is restored automatically, and is never an uncaught error.
 */
export function bullmqJobs(options: BullmqOptions): RedisJobs {
  const { log, name = 'convenor', closeTimeoutMs = CLOSE_TIMEOUT_MS } = options;
  const client = connectRedis(options.redis);
  // The braces make a cluster keep all keys of the queue on one node.
  const shared = { connection: client, prefix: `{${name}}` };
  const queue = new Queue<Job>('due', {
    ...shared,
    skipMetasUpdate: true,
    streams: { events: { maxLen: MAX_EVENTS_KEPT } },
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  let worker: Worker<Job> | undefined;
  let closing = false;

  const isReady = () => client.status === 'ready';
  const server = options.redis.hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
  const troubles = troubleLog('redis', log, systemClock);
  /** How many times the connection was made. */
  let connections = 0;
  let checking: NodeJS.Timeout | undefined;
  /** Logs trouble, and asks from time to time whether it is over. */
  function logTrouble({ trouble, message }: QueueError): void {
    // That the connection is down was logged when it went down.
    if (closing || !isReady()) return;
    troubles.failed(trouble, message);
    checking ??= setTimeout(checkAgain, CHECK_INTERVAL_MS).unref();
  }
  function checkAgain(): void {
    checking = undefined;
    void ping().catch(() => {});
  }
  const logError = (error: unknown) => {
    const trouble = redisTrouble(error, server);
    if (trouble) return logTrouble(trouble);
    // When the connection is lost every command fails, some before it is noticed. That is logged once, as lost.
    const before = connections;
    const logIfConnected = () => {
      const isConnected = isReady() && connections === before && !closing;
      if (isConnected) log.warn(errorFields(error), 'queue failed');
    };
    setTimeout(logIfConnected, LOST_CONNECTION_NOTICED_MS).unref();
  };
  let wasReady = false;
  /** Why there is no connection. */
  let lastError: Error | undefined;
  // Until the first connection the process waits, and logs why. Neither Redis nor the driver quotes a password.
  const logWaiting = ({ message }: Error) => {
    if (message === lastError?.message) return;
    log.warn({ reason: message }, 'redis is out of reach: waiting for it');
  };
  client.on('error', logWaiting);
  client.on('error', (error) => {
    lastError = error;
    logError(error);
  });
  client.on('ready', () => {
    wasReady = true;
    connections++;
    lastError = undefined;
    client.off('error', logWaiting);
    log.info({}, 'redis connected');
    // A wrong setting is logged at once, not when it has done harm.
    void ping().catch(() => {});
  });
  client.on('close', () => {
    if (wasReady && !closing) log.warn({}, 'redis disconnected');
    wasReady = false;
  });
  queue.on('error', logError);

  let batch: { jobs: BulkJob[]; added: Promise<unknown> } | undefined;
  /** Adds all jobs of one turn of the event loop to Redis in one command. */
  function addInBatch(job: BulkJob): Promise<unknown> {
    if (!batch) {
      const jobs: BulkJob[] = [];
      const added = Promise.resolve().then(() => {
        batch = undefined;
        return queue.addBulk(jobs);
      });
      batch = { jobs, added };
    }
    batch.jobs.push(job);
    return batch.added;
  }

  const notConnected = () =>
    redisTrouble(lastError, server) ?? redisUnreachable(server, lastError?.message);

  /** Waits for Redis. @throws QueueError, which is logged, if Redis cannot do what it is asked. */
  async function answerOf<T>(asked: Promise<T>): Promise<T> {
    try {
      return await withTimeoutOrThrow(REDIS_TIMEOUT_MS, asked);
    } catch (error) {
      const isLate = error instanceof TimeoutError;
      const trouble = isLate
        ? redisUnreachable(server, 'it does not answer')
        : redisTrouble(error, server);
      if (trouble) logTrouble(trouble);
      throw trouble ?? error;
    }
  }

  async function ping(): Promise<void> {
    if (!isReady()) throw notConnected();
    const nodes = client instanceof Cluster ? client.nodes('master') : [client];
    const asked = nodes.flatMap((node) => ['memory', 'replication'].map((part) => node.info(part)));
    const infos = await answerOf(Promise.all(asked));
    const found = infos.map((info) => troubleInInfo(info, server));
    const trouble = found.find((one) => one !== undefined);
    if (trouble) {
      logTrouble(trouble);
      throw trouble;
    }
    troubles.worked();
  }

  return {
    ping,

    async add(job, delay) {
      // Without this the command, and so the sweep, would wait for the connection.
      if (!isReady()) throw notConnected();
      const { kind, row, partnership, token } = job;
      // One id for each call: when the driver repeats a command nothing is added twice, but the same claim may be added again.
      const jobId = `${token}${ID_SEPARATOR}${randomKey()}`;
      const data = { kind, row, partnership, token };
      await answerOf(addInBatch({ name: kind, data, opts: { jobId, delay } }));
    },

    work(handler) {
      const run = ({ data }: BullJob<Job>) => handler(data);
      worker = new Worker<Job>('due', run, {
        ...shared,
        concurrency: options.concurrency ?? CONCURRENCY,
        maxStalledCount: MAX_STALLED_COUNT,
        runRetryDelay: RETRY_DELAY_MS,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      worker.on('error', logError);
    },

    async waiting() {
      const ids = await answerOf(queue.getRanges(['wait'], 0, -1));
      return new Set(ids.map((id) => id.split(ID_SEPARATOR)[0] ?? id));
    },

    async unfinished() {
      if (!isReady()) return undefined;
      try {
        const counts = await answerOf(queue.getJobCounts('wait', 'active', 'delayed'));
        return Object.values(counts).reduce((sum, count) => sum + count, 0);
      } catch {
        return undefined;
      }
    },

    async close() {
      closing = true;
      clearTimeout(checking);
      // Jobs that run longer are abandoned: their leases end, and another worker finds the rows.
      await withTimeout(closeTimeoutMs, Promise.all([worker?.close(), queue.close()])).catch(
        () => {},
      );
      void worker?.disconnect().catch(() => {});
      client.disconnect();
    },
  };
}
