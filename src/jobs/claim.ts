import type { Clock } from '../core/base/clock.ts';
import { freshKey } from '../core/base/id.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { Due, DueRow, Stores } from '../core/ports/store.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { LEASE_MS, leaseFrom } from './lease.ts';

/** Rows claimed at a time: each takes a connection to the store. */
const AT_A_TIME = 50;

/** A due row that was found, and the work it is for. */
export interface Found extends Due {
  kind: DueRowHandler<DueRow>;
}

/** What claiming works with. */
interface ClaimParts {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  log: Log;
}

/**
 * Claims due rows, and makes a job of each.
 * @param onClaim hears when a claim's lease ends (ms since 1970 UTC).
 * @returns what claims those that are due until an instant, and tells how many were.
 */
export function claimer(
  { stores, clock, jobs, log }: ClaimParts,
  onClaim: (leaseEnd: number) => void,
): (found: readonly Found[], until: Date) => Promise<number> {
  async function claim(found: readonly Found[], until: Date): Promise<number> {
    let claimed = 0;
    for (let start = 0; start < found.length; start += AT_A_TIME) {
      const some = found.slice(start, start + AT_A_TIME);
      const counts = await Promise.all(batches(some).map((batch) => claimAll(batch, until)));
      claimed += counts.reduce((sum, count) => sum + count, 0);
    }
    return claimed;
  }

  /** Claims rows of one kind and tenant, each by compare-and-swap: whoever swaps first has it until the lease ends. */
  async function claimAll(batch: readonly [Found, ...Found[]], until: Date): Promise<number> {
    const [{ kind, partnership }] = batch;
    const rows = stores.forPartnership(partnership).of(kind.rows);
    const where = { id: batch.map(({ id }) => id) };
    const read = await rows.find({ index: 'byId', where, limit: batch.length });
    const claims = read.map(async (row) => {
      if (!row.nextRunAt || row.nextRunAt > until) return undefined;
      const now = clock.now();
      // A claim comes into sight when its lease has ended: then it has waited long enough.
      const due = row.claim === null && row.nextRunAt > now ? row.nextRunAt : now;
      // Its job may only have waited long, in a full queue: it stays good until somebody has begun to send.
      const token = row.claim !== null && row.sending === null ? row.claim : freshKey();
      const saved = await rows.save({ ...row, claim: token, nextRunAt: leaseFrom(due) });
      if (!saved) return undefined;
      onClaim(due.getTime() + LEASE_MS);
      return { job: { kind: kind.name, row: row.id, partnership, token }, due };
    });
    const claimed = await those(claims, kind);
    const now = clock.now();
    // All at once: the queue takes them in one go.
    const added = claimed.map(async ({ job, due }) => {
      await jobs.add(job, Math.max(0, due.getTime() - now.getTime()));
      return job;
    });
    return (await those(added, kind)).length;
  }

  /** What came of each. One that failed leaves the others alone: its lease ends, and it is found again. */
  async function those<T>(
    claims: Promise<T | undefined>[],
    kind: DueRowHandler<DueRow>,
  ): Promise<T[]> {
    const settled = await Promise.allSettled(claims);
    const failed = settled.find((claim) => claim.status === 'rejected');
    if (failed) log.warn({ kind: kind.name, ...errorFields(failed.reason) }, 'claim failed');
    return settled.flatMap((claim) =>
      claim.status === 'fulfilled' && claim.value !== undefined ? [claim.value] : [],
    );
  }

  return claim;
}

/** Groups what was found by kind and tenant: each group is read at once. */
function batches(found: readonly Found[]): [Found, ...Found[]][] {
  const groups = new Map<string, [Found, ...Found[]]>();
  for (const one of found) {
    const key = `${one.kind.name}/${one.partnership}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
