import { type Job as BullJob, Queue, Worker } from 'bullmq';
import type { RedisAddress } from '../../config/redis-address.ts';
import { freshKey } from '../../core/base/id.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Job, Jobs } from '../../core/ports/jobs.ts';
import { within } from '../within.ts';
import { connectRedis } from './redis-connection.ts';

/** How many jobs one process runs at once. */
const CONCURRENCY = 10;
/** Redis is given this long to take a job or to tell its depth (ms). */
const ANSWER_MS = 2_000;
/** What runs when the process is told to stop is given this long (ms): two tries at a platform's time limit. */
const CLOSE_MS = 5_000;
/**
 * How many workers a job may see die. BullMQ's own default, 1, drops a job after the second death; the row's claim
 * would be found again, but late.
 */
const DEATHS = 100;
/**
 * How soon a worker tries again what a lost connection cut off (ms). BullMQ's own default, 15 s, is how long each of
 * its jobs would keep others waiting after the connection is back.
 */
const RETRY_MS = 500;
/** BullMQ keeps a stream of what happened; nobody reads ours. */
const EVENTS_KEPT = 100;
/** Stands in a job's id between its token and what sets it apart. */
const APART = '~';

export interface BullmqOptions {
  redis: RedisAddress;
  log: Log;
  /** Jobs run at once in this process; default 10. */
  concurrency?: number;
  /** Sets apart those who share a Redis; default `convenor`. */
  name?: string;
}

/** A job as BullMQ takes it. */
type Added = Parameters<Queue<Job>['addBulk']>[0][number];

/**
 * The jobs port on Redis, shared by all processes. What it holds is about to happen; when it loses everything, the
 * sweep claims again. A lost connection comes back by itself, and never throws into the process.
 */
export function bullmqJobs(options: BullmqOptions): Jobs {
  const { log, name = 'convenor' } = options;
  const client = connectRedis(options.redis);
  // In braces, so that a cluster keeps all keys of the queue on one node.
  const shared = { connection: client, prefix: `{${name}}` };
  const queue = new Queue<Job>('due', {
    ...shared,
    skipMetasUpdate: true,
    streams: { events: { maxLen: EVENTS_KEPT } },
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  let worker: Worker<Job> | undefined;
  let closing = false;

  const isReady = () => client.status === 'ready';
  const complain = (error: unknown) => {
    // While the connection is down every command says so; that it is down has been said once.
    if (isReady() && !closing) log.warn(errorFields(error), 'queue failed');
  };
  let wasReady = false;
  let reason: string | undefined;
  // Until the first connection stands the process waits, and says why. Neither Redis nor the driver quotes a password.
  const waiting = ({ message }: Error) => {
    if (message !== reason) log.warn({ reason: message }, 'redis is out of reach: waiting for it');
    reason = message;
  };
  client.on('error', waiting);
  client.on('ready', () => {
    wasReady = true;
    client.off('error', waiting);
    log.info({}, 'redis connected');
  });
  client.on('close', () => {
    if (wasReady && !closing) log.warn({}, 'redis disconnected');
    wasReady = false;
  });
  client.on('error', complain);
  queue.on('error', complain);

  let together: { jobs: Added[]; done: Promise<unknown> } | undefined;
  /** What is added in one turn goes to Redis in one step. */
  function addTogether(job: Added): Promise<unknown> {
    if (!together) {
      const jobs: Added[] = [];
      const done = Promise.resolve().then(() => {
        together = undefined;
        return queue.addBulk(jobs);
      });
      together = { jobs, done };
    }
    together.jobs.push(job);
    return together.done;
  }

  return {
    async add(job, delay) {
      // Otherwise the command would wait for the connection, and the sweep with it.
      if (!isReady()) throw new Error('Redis is not connected.');
      const { kind, row, partnership, token } = job;
      // One id for each call: a command that the driver repeats adds nothing, a job that waits again is another.
      const jobId = `${token}${APART}${freshKey()}`;
      const data = { kind, row, partnership, token };
      await within(ANSWER_MS, addTogether({ name: kind, data, opts: { jobId, delay } }));
    },

    work(handler) {
      const run = ({ data }: BullJob<Job>) => handler(data);
      worker = new Worker<Job>('due', run, {
        ...shared,
        concurrency: options.concurrency ?? CONCURRENCY,
        maxStalledCount: DEATHS,
        runRetryDelay: RETRY_MS,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      worker.on('error', complain);
    },

    async waiting() {
      const ids = await within(ANSWER_MS, queue.getRanges(['wait'], 0, -1));
      return new Set(ids.map((id) => id.split(APART)[0] ?? id));
    },

    async unfinished() {
      if (!isReady()) return undefined;
      try {
        const counts = await within(ANSWER_MS, queue.getJobCounts('wait', 'active', 'delayed'));
        return Object.values(counts).reduce((sum, count) => sum + count, 0);
      } catch {
        return undefined;
      }
    },

    async close() {
      closing = true;
      // What does not end in time is left: its claim ends, and another worker finds the row.
      await within(CLOSE_MS, Promise.all([worker?.close(), queue.close()])).catch(() => {});
      void worker?.disconnect().catch(() => {});
      client.disconnect();
    },
  };
}
