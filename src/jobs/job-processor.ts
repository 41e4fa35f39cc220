import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/base/clock.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type { DirectoryCache } from '../core/domain/directory/directory.ts';
import { partnerships } from '../core/domain/partnerships/partnership.ts';
import type { Job, Jobs } from '../core/ports/jobs.ts';
import { type DueRow, StoreError, type Stores, updateWithRetry } from '../core/ports/store.ts';
import type { Attempt } from './attempt.ts';
import { deliver } from './deliver.ts';
import type { Adapters, DueRowHandler, JobContext } from './due-row-handler.ts';
import type { Timings } from './timings.ts';

/** The longest wait after a job failed (ms): an hour. */
const MAX_RETRY_DELAY_MS = 3_600_000;
/** The longest wait while the message may have been posted (ms): users cannot edit the row until that is known. */
const MAX_RETRY_DELAY_SENDING_MS = 60_000;
/** How many rows' failures each process remembers. */
const MAX_FAILURES_REMEMBERED = 1_000;

/** One attempt to deliver, as an operator sees it. */
export interface AttemptReport {
  kind: string;
  outcome: Attempt<DueRow>['outcome'];
  /** Ms from the due time to the end of the attempt. */
  lateness: number;
}

export interface JobProcessorDeps {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  handlers: readonly DueRowHandler<DueRow>[];
  adapters: Adapters;
  directories: DirectoryCache;
  log: Log;
  timings: Timings;
  /** Called after each attempt. */
  onAttempt?: (report: AttemptReport) => void;
  adapterRules?: JobContext['adapterRules'];
  adapterPersonalData?: JobContext['adapterPersonalData'];
  erasureRecords?: JobContext['erasureRecords'];
  onRowsRemoved?: JobContext['onRowsRemoved'];
}

/**
 * Makes the function that runs a job: it delivers what a claimed row is due for and advances the row. It never throws.
 * @throws RangeError when the timings give a send more than half the lease.
 */
export function createJobProcessor(deps: JobProcessorDeps): (job: Job) => Promise<void> {
  const { stores, clock, jobs, handlers, log, timings } = deps;
  if (timings.sendTimeoutMs * 2 > timings.leaseMs) {
    throw new RangeError('A send may take at most half the lease.');
  }
  /** How many jobs failed in a row, by due row. */
  const failures = new LRUCache<string, number>({ max: MAX_FAILURES_REMEMBERED });

  return async function processJob(job) {
    const handler = handlers.find(({ name }) => name === job.kind);
    if (!handler) return;
    try {
      await run(handler, job);
      failures.delete(job.row);
    } catch (error) {
      const { kind, row: id } = job;
      const isOutage = error instanceof StoreError;
      // The store has logged it, and it is not the row's fault.
      if (!isOutage) log.error({ kind, row: id, ...errorFields(error) }, 'job failed');
      const delay = isOutage ? timings.leaseMs : retryDelayMs(id);
      await updateIfClaimed(handler, job, (row) => {
        const ms = row.sending === null ? delay : Math.min(delay, MAX_RETRY_DELAY_SENDING_MS);
        return { ...row, claim: null, nextRunAt: new Date(clock.now().getTime() + ms) };
      }).catch(() => {
        // The store cannot be reached. The lease ends by itself, and a sweep finds the row.
      });
    }
  };

  /** Counts one more failure. @returns how long to leave the row alone (ms): twice as long each time. */
  function retryDelayMs(row: string): number {
    const count = failures.get(row) ?? 0;
    failures.set(row, count + 1);
    return Math.min(MAX_RETRY_DELAY_MS, timings.leaseMs * 2 ** count);
  }

  async function run(handler: DueRowHandler<DueRow>, job: Job): Promise<void> {
    const store = stores.forPartnership(job.partnership);
    const [row, partnership] = await Promise.all([
      store.of(handler.rows).get(job.row),
      store.of(partnerships).get(job.partnership),
    ]);
    // Another worker has claimed the row, an edit has released it, or it is gone.
    if (!row || row.claim !== job.token || !partnership) return;
    // Nothing is sent for a partnership that was merged into another.
    const isAtRest = partnership.mergedInto !== null && !handler.runsWhenMerged;
    const due = isAtRest ? null : handler.dueAt(row);
    if (!due) {
      const atRest = { nextRunAt: null, claim: null, sending: null };
      return updateIfClaimed(handler, job, (current) => ({ ...current, ...atRest }), row);
    }
    const now = clock.now();
    const releaseUntil = (nextRunAt: Date) => (current: DueRow) => ({
      ...current,
      nextRunAt,
      claim: null,
    });
    const earlyMs = due.getTime() - now.getTime();
    if (earlyMs > timings.leaseMs) return updateIfClaimed(handler, job, releaseUntil(due), row);
    if (earlyMs > 0) return jobs.add(job, earlyMs);

    const directory = await deps.directories.of(partnership);
    const { adapters, adapterRules, adapterPersonalData, erasureRecords, onRowsRemoved } = deps;
    const context: JobContext = {
      ...{ store, stores, partnership, directory, now, adapters },
      ...(adapterRules && { adapterRules }),
      ...(adapterPersonalData && { adapterPersonalData }),
      ...(erasureRecords && { erasureRecords }),
      ...(onRowsRemoved && { onRowsRemoved }),
    };
    const held = (await handler.heldUntil?.(row, context)) ?? now;
    if (held > now) return updateIfClaimed(handler, job, releaseUntil(held));
    const message = await handler.composeReply(row, context);
    const advance = (hadMessage: boolean) => (current: DueRow) =>
      handler.advance(current, context, hadMessage);
    if (!message) return updateIfClaimed(handler, job, advance(false), row);

    const attempt = await deliver(handler, row, message, context, deps);
    report(handler, due, attempt);
    const { next } = attempt;
    if (next === 'drop') return;
    if (next === 'advance') {
      await handler.afterDelivery?.(row, message, attempt.outcome === 'sent', context);
      return updateIfClaimed(handler, job, advance(true), attempt.row);
    }
    const editable = next.notSent ? { sending: null } : {};
    const release = releaseUntil(next.retryAt);
    await updateIfClaimed(
      handler,
      job,
      (current) => ({ ...release(current), ...editable }),
      attempt.row,
    );
  }

  function report(
    { name: kind }: DueRowHandler<DueRow>,
    due: Date,
    { delivery, outcome }: Attempt<DueRow>,
  ): void {
    const lateness = clock.now().getTime() - due.getTime();
    log.info({ delivery, kind, outcome, lateness }, 'delivery');
    deps.onAttempt?.({ kind, outcome, lateness });
  }

  /**
   * Changes the row if this job still has the claim.
   * @param lastSeen the row as it was last read or saved: saving it may spare a read.
   */
  async function updateIfClaimed(
    handler: DueRowHandler<DueRow>,
    job: Job,
    change: (row: DueRow) => DueRow,
    lastSeen?: DueRow,
  ): Promise<void> {
    const rows = stores.forPartnership(job.partnership).of(handler.rows);
    const isOurs = (row: DueRow) => row.claim === job.token;
    if (lastSeen && (!isOurs(lastSeen) || (await rows.save(change(lastSeen))))) return;
    await updateWithRetry(rows, job.row, (row) => (isOurs(row) ? change(row) : undefined));
  }
}
