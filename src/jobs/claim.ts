import { inBatches } from '../core/async/collect.ts';
import type { Clock } from '../core/base/clock.ts';
import { randomKey } from '../core/base/id.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import { type Jobs, QueueError } from '../core/ports/jobs.ts';
import { type Due, type DueRow, getAll, StoreError, type Stores } from '../core/ports/store.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { afterLease, type Timings } from './timings.ts';

/** How many rows are claimed with one write. */
const BATCH_SIZE = 50;

/** Whether an error comes from the store or the queue as a whole. Those log their trouble themselves. */
export const isOutage = (error: unknown): boolean =>
  error instanceof StoreError || error instanceof QueueError;

/** A due row that the sweep found, and its handler. */
export interface FoundRow extends Due {
  handler: DueRowHandler<DueRow>;
}

interface ClaimDeps {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  log: Log;
  timings: Timings;
}

/**
 * Makes the function that claims due rows and adds a job for each.
 * @param onClaim called with the end of each claim's lease (ms since 1970 UTC).
 * @returns claims those of the rows that are due by `until`; resolves to how many were claimed. While the store or the
 *   queue fails, it throws their error, and leaves the rows for later.
 */
export function createClaim(
  { stores, clock, jobs, log, timings }: ClaimDeps,
  onClaim: (leaseEnd: number) => void,
): (found: readonly FoundRow[], until: Date) => Promise<number> {
  async function claim(found: readonly FoundRow[], until: Date): Promise<number> {
    let claimed = 0;
    let outage: unknown;
    const onOutage = (error: unknown) => {
      outage = error;
    };
    for await (const batch of inBatches(found, BATCH_SIZE)) {
      for (const [handler, rows] of groupBy(batch, (row) => row.handler))
        claimed += await claimBatch(handler, rows, until, onOutage);
      if (outage) throw outage;
    }
    return claimed;
  }

  /** Claims rows of one handler, each by compare-and-swap: the first worker to save has it until the lease ends. */
  async function claimBatch(
    handler: DueRowHandler<DueRow>,
    found: readonly FoundRow[],
    until: Date,
    onOutage: (error: unknown) => void,
  ): Promise<number> {
    const tenants = groupBy(found, ({ partnership }) => partnership);
    const reads = [...tenants].map(async ([partnership, rows]) => {
      const stored = stores.forPartnership(partnership).of(handler.rows);
      const read = await getAll(
        stored,
        rows.map(({ id }) => id),
      );
      return read.flatMap((row) => claimOf(partnership, row, until) ?? []);
    });
    const claims = (await succeeded(reads, handler, onOutage)).flat();
    const saved = (await succeeded([stores.saveAll(handler.rows, claims)], handler, onOutage))[0];
    const claimed = claims.filter((_, index) => saved?.[index]);
    for (const { due } of claimed) onClaim(due.getTime() + timings.leaseMs);
    const now = clock.now();
    // All in one turn: the queue then takes them in one command.
    const added = claimed.map(async ({ partnership, row, due }) => {
      const job = { kind: handler.name, row: row.id, partnership, token: row.claim };
      await jobs.add(job, Math.max(0, due.getTime() - now.getTime()));
      return job;
    });
    return (await succeeded(added, handler, onOutage)).length;
  }

  /** A claim of a row; undefined if it is not due any more. */
  function claimOf(partnership: string, row: DueRow, until: Date) {
    if (!row.nextRunAt || row.nextRunAt > until) return undefined;
    const now = clock.now();
    // A claimed row is found only after its lease has ended, so it has waited long enough.
    const due = row.claim === null && row.nextRunAt > now ? row.nextRunAt : now;
    // Its job may still be in a full queue. It keeps its token, and so stays valid, until a send has begun.
    const claim = row.claim !== null && row.sending === null ? row.claim : randomKey();
    return { partnership, due, row: { ...row, claim, nextRunAt: afterLease(due, timings) } };
  }

  /** The results of the steps that succeeded. A row whose step failed is found again when its lease ends. */
  async function succeeded<T>(
    steps: Promise<T | undefined>[],
    handler: DueRowHandler<DueRow>,
    onOutage: (error: unknown) => void,
  ): Promise<T[]> {
    const settled = await Promise.allSettled(steps);
    const errors = settled.flatMap((step) => (step.status === 'rejected' ? [step.reason] : []));
    const outage = errors.find(isOutage);
    if (outage) onOutage(outage);
    else if (errors.length > 0) {
      log.warn({ kind: handler.name, ...errorFields(errors[0]) }, 'claim failed');
    }
    return settled.flatMap((step) =>
      step.status === 'fulfilled' && step.value !== undefined ? [step.value] : [],
    );
  }

  return claim;
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
