import type { Clock } from '../core/clock.ts';
import { partnerships } from '../core/features/settings/store.ts';
import { errorFields, type Log } from '../core/log.ts';
import type { Directories } from '../core/names/directories.ts';
import type { Job, Jobs } from '../core/ports.ts';
import { type DueRow, revise, type Stores } from '../core/store.ts';
import { type Adapters, deliver, type Ending, LEASE } from './deliver.ts';
import type { Kind, Scene } from './kind.ts';

/** After an error of our own a row is looked at again after this long (ms). */
const AFTER_ERROR = 300_000;

export interface WorkerOptions {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  kinds: readonly Kind<DueRow>[];
  adapters: Adapters;
  directories: Directories;
  log: Log;
}

/** What takes claimed rows and does them. @returns the handler for jobs; it never throws. */
export function createWorker(options: WorkerOptions): (job: Job) => Promise<void> {
  const { stores, clock, jobs, kinds, log } = options;

  return async function work(job) {
    const kind = kinds.find(({ name }) => name === job.kind);
    if (!kind) return;
    try {
      await run(kind, job);
    } catch (error) {
      log.error({ kind: job.kind, row: job.row, ...errorFields(error) }, 'job failed');
      const again = new Date(clock.now().getTime() + AFTER_ERROR);
      await settle(kind, job, (row) => ({ ...row, claim: null, sweepAt: again })).catch(() => {
        // The store is out of reach: the lease ends by itself and a sweep finds the row.
      });
    }
  };

  async function run(kind: Kind<DueRow>, job: Job): Promise<void> {
    const store = stores.forPartnership(job.partnership);
    const row = await store.of(kind.rows).get(job.row);
    // Somebody else has claimed it since, or an edit has freed it.
    if (!row || row.claim !== job.token) return;
    const due = kind.dueAt(row);
    if (!due)
      return settle(kind, job, (rest) => ({ ...rest, sweepAt: null, claim: null, sending: null }));
    const now = clock.now();
    const early = due.getTime() - now.getTime();
    if (early > LEASE) return settle(kind, job, (rest) => ({ ...rest, sweepAt: due, claim: null }));
    if (early > 0) return jobs.add(job, early);

    const partnership = await store.of(partnerships).get(job.partnership);
    if (!partnership) return;
    const directory = await options.directories.of(partnership);
    const scene: Scene = { store, stores, partnership, directory, now };
    const held = (await kind.heldUntil?.(row, scene)) ?? now;
    if (held > now) return settle(kind, job, (rest) => ({ ...rest, sweepAt: held, claim: null }));
    const message = await kind.compose(row, scene);
    const ending: Ending = message
      ? await deliver(kind, row, message, scene, options.adapters)
      : 'done';
    if (ending === 'stale') return;
    if (ending !== 'done') {
      return settle(kind, job, (rest) => ({
        ...rest,
        sending: ending.waiting ? null : rest.sending,
        claim: null,
        sweepAt: ending.again,
      }));
    }
    if (message) await kind.sent?.(row, message, scene);
    await settle(kind, job, (rest) => kind.moveOn(rest, scene, message !== undefined));
  }

  /** Changes the row if it is still ours. */
  async function settle(
    kind: Kind<DueRow>,
    job: Job,
    change: (row: DueRow) => DueRow,
  ): Promise<void> {
    const rows = stores.forPartnership(job.partnership).of(kind.rows);
    await revise(rows, job.row, (row) => (row.claim === job.token ? change(row) : undefined));
  }
}
