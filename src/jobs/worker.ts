import type { Clock } from '../core/base/clock.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type { Directories } from '../core/domain/directory/directories.ts';
import { partnerships } from '../core/domain/partnerships/partnership.ts';
import type { Job, Jobs } from '../core/ports/jobs.ts';
import { type DueRow, type Stores, updateWithRetry } from '../core/ports/store.ts';
import type { Attempt } from './attempt.ts';
import { deliver } from './deliver.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { failures } from './failures.ts';
import { LEASE_MS } from './lease.ts';
import type { Adapters } from './send.ts';

/** The longest that a row is left alone that may have gone out (ms). */
const SOON = 60_000;

/** One try of a delivery, as an operator sees it. */
export interface Report {
  kind: string;
  outcome: Attempt<DueRow>['outcome'];
  /** Ms from the due time to the end of the try. */
  lateness: number;
}

export interface WorkerOptions {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  handlers: readonly DueRowHandler<DueRow>[];
  adapters: Adapters;
  directories: Directories;
  log: Log;
  /** Hears of every try. */
  onTry?: (report: Report) => void;
}

/** What takes claimed rows and does them. @returns the handler for jobs; it never throws. */
export function createWorker(options: WorkerOptions): (job: Job) => Promise<void> {
  const { stores, clock, jobs, handlers, log } = options;
  const failed = failures();

  return async function work(job) {
    const kind = handlers.find(({ name }) => name === job.kind);
    if (!kind) return;
    try {
      await run(kind, job);
      failed.forget(job.row);
    } catch (error) {
      const { kind: name, row: id } = job;
      log.error({ kind: name, row: id, ...errorFields(error) }, 'job failed');
      const wait = failed.wait(id);
      await settle(kind, job, (row) => {
        // Nobody can change what may be going out: that is found out about soon.
        const ms = row.sending === null ? wait : Math.min(wait, SOON);
        return { ...row, claim: null, nextRunAt: new Date(clock.now().getTime() + ms) };
      }).catch(() => {
        // The store is out of reach: the lease ends by itself and a sweep finds the row.
      });
    }
  };

  async function run(kind: DueRowHandler<DueRow>, job: Job): Promise<void> {
    const store = stores.forPartnership(job.partnership);
    const [row, partnership] = await Promise.all([
      store.of(kind.rows).get(job.row),
      store.of(partnerships).get(job.partnership),
    ]);
    // Somebody else has claimed it since, or an edit has freed it, or it is gone.
    if (!row || row.claim !== job.token || !partnership) return;
    // Of a partnership that was joined to another nothing comes.
    const due = partnership.joined ? null : kind.dueAt(row);
    if (!due) {
      const rest = { nextRunAt: null, claim: null, sending: null };
      return settle(kind, job, (now) => ({ ...now, ...rest }), row);
    }
    const now = clock.now();
    const early = due.getTime() - now.getTime();
    if (early > LEASE_MS) {
      return settle(kind, job, (rest) => ({ ...rest, nextRunAt: due, claim: null }), row);
    }
    if (early > 0) return jobs.add(job, early);

    const directory = await options.directories.of(partnership);
    const scene: JobContext = { store, stores, partnership, directory, now };
    const held = (await kind.heldUntil?.(row, scene)) ?? now;
    if (held > now) return settle(kind, job, (rest) => ({ ...rest, nextRunAt: held, claim: null }));
    const message = await kind.composeReply(row, scene);
    if (!message) return settle(kind, job, (rest) => kind.advance(rest, scene, false), row);

    const tried = await deliver(kind, row, message, scene, options);
    report(kind, due, tried);
    const { ending } = tried;
    if (ending === 'stale') return;
    if (ending !== 'done') {
      const { again, waiting } = ending;
      const change = (rest: DueRow) => ({
        ...rest,
        ...(waiting ? { sending: null } : {}),
        claim: null,
        nextRunAt: again,
      });
      return settle(kind, job, change, tried.row);
    }
    await kind.done?.(row, message, tried.outcome === 'sent', scene);
    await settle(kind, job, (rest) => kind.advance(rest, scene, true), tried.row);
  }

  function report(
    kind: DueRowHandler<DueRow>,
    due: Date,
    { delivery, outcome }: Attempt<DueRow>,
  ): void {
    const lateness = clock.now().getTime() - due.getTime();
    log.info({ delivery, kind: kind.name, outcome, lateness }, 'delivery');
    options.onTry?.({ kind: kind.name, outcome, lateness });
  }

  /** Changes the row if it is still ours. @param known the row as it was last seen, which saves reading it. */
  async function settle(
    kind: DueRowHandler<DueRow>,
    job: Job,
    change: (row: DueRow) => DueRow,
    known?: DueRow,
  ): Promise<void> {
    const rows = stores.forPartnership(job.partnership).of(kind.rows);
    const ours = (row: DueRow) => row.claim === job.token;
    if (known && (!ours(known) || (await rows.save(change(known))))) return;
    await updateWithRetry(rows, job.row, (row) => (ours(row) ? change(row) : undefined));
  }
}
