import type { Clock } from '../core/base/clock.ts';
import { randomKey } from '../core/base/id.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import { type Jobs, QueueError } from '../core/ports/jobs.ts';
import { type Due, type DueRow, getAll, StoreError, type Stores } from '../core/ports/store.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { afterLease, type Timings } from './timings.ts';

/** Rows claimed at the same time: each takes a connection to the store. */
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
    for (let start = 0; start < found.length; start += BATCH_SIZE) {
      const groups = groupByTenant(found.slice(start, start + BATCH_SIZE));
      const counts = await Promise.all(groups.map((group) => claimGroup(group, until, onOutage)));
      claimed += counts.reduce((sum, count) => sum + count, 0);
      if (outage) throw outage;
    }
    return claimed;
  }

  /** Claims rows of one handler and tenant, each by compare-and-swap: the first worker to save has it until the lease ends. */
  async function claimGroup(
    group: readonly [FoundRow, ...FoundRow[]],
    until: Date,
    onOutage: (error: unknown) => void,
  ): Promise<number> {
    const [{ handler, partnership }] = group;
    const rows = stores.forPartnership(partnership).of(handler.rows);
    const read = await getAll(
      rows,
      group.map(({ id }) => id),
    );
    const claims = read.map(async (row) => {
      if (!row.nextRunAt || row.nextRunAt > until) return undefined;
      const now = clock.now();
      // A claimed row is found only after its lease has ended, so it has waited long enough.
      const due = row.claim === null && row.nextRunAt > now ? row.nextRunAt : now;
      // Its job may still be in a full queue. It keeps its token, and so stays valid, until a send has begun.
      const token = row.claim !== null && row.sending === null ? row.claim : randomKey();
      const saved = await rows.save({ ...row, claim: token, nextRunAt: afterLease(due, timings) });
      if (!saved) return undefined;
      onClaim(due.getTime() + timings.leaseMs);
      return { job: { kind: handler.name, row: row.id, partnership, token }, due };
    });
    const claimed = await succeeded(claims, handler, onOutage);
    const now = clock.now();
    // All in one turn: the queue then takes them in one command.
    const added = claimed.map(async ({ job, due }) => {
      await jobs.add(job, Math.max(0, due.getTime() - now.getTime()));
      return job;
    });
    return (await succeeded(added, handler, onOutage)).length;
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

/** Groups rows by handler and tenant: each group is read at once. */
function groupByTenant(found: readonly FoundRow[]): [FoundRow, ...FoundRow[]][] {
  const groups = new Map<string, [FoundRow, ...FoundRow[]]>();
  for (const row of found) {
    const key = `${row.handler.name}/${row.partnership}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}
