import { isDeepStrictEqual } from 'node:util';
import { members } from '../../domain/members/member.ts';
import { type Change, fingerprintOf } from '../../domain/receipts/track-changes.ts';
import { UserError } from '../../message/user-error.ts';
import {
  type Collection,
  Conflict,
  type DueRow,
  insertOnce,
  type Row,
  updateWithRetry,
} from '../../ports/store.ts';

/** Fields that belong to the sweep, and no longer fit a row that was given back an earlier time. */
const sweeps = ['claim', 'sending'];
/** Fields of a member that follow from their settings: they are derived again, whatever came meanwhile. */
const derived = [...sweeps, 'nextRunAt', 'briefDay', 'briefDue'];

/**
 * Takes back what was written to one row. A new row goes, if nobody has changed it since; a changed one gets
 * back those fields that still have the value they were given; a removed one returns.
 * @returns false when something had to stay as it is.
 * @throws UserError while a message about it is just going out.
 */
export async function takeBack(written: Change, rows: Collection<Row>): Promise<boolean> {
  const { id, before, after, fingerprint, collection } = written;
  const left = collection === members.name ? derived : sweeps;
  if (!before) return removeUntouched(id, fingerprint, rows);
  if (!after) return putBack(before, rows);
  let whole = true;
  return unlessTaken(async () => {
    await updateWithRetry(rows, id, (now) => {
      refuseGoingOut(now);
      const { restored, complete } = mergedBack({ before, after, now, left });
      whole = complete;
      return restored;
    });
    return whole;
  });
}

async function removeUntouched(
  id: string,
  print: string | undefined,
  rows: Collection<Row>,
): Promise<boolean> {
  for (;;) {
    const now = await rows.get(id);
    if (!now) return true;
    refuseGoingOut(now);
    if (fingerprintOf(now) !== print) return false;
    if (await rows.remove(id, now.version)) return true;
  }
}

/** From here nothing is taken back any more: it is on its way to somebody. @throws UserError */
function refuseGoingOut(row: Row & Partial<DueRow>): void {
  if (row.sending) throw new UserError('That is just going out. Try again in a few seconds.');
}

function putBack(before: Row, rows: Collection<Row>): Promise<boolean> {
  return unlessTaken(async () => {
    await insertOnce(rows, before);
    return true;
  });
}

/** False where a unique key (a partner's old name) has been taken by another meanwhile. */
async function unlessTaken(step: () => Promise<boolean>): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

/** Field by field: what still has the value the command gave it goes back to what it was. */
function mergedBack(rows: { before: Row; after: Row; now: Row; left: readonly string[] }): {
  restored: Row;
  complete: boolean;
} {
  const { before, after, now, left } = rows;
  const was = before as unknown as Record<string, unknown>;
  const given = after as unknown as Record<string, unknown>;
  const restored: Record<string, unknown> = { ...now };
  let complete = true;
  for (const field of Object.keys(given)) {
    if (field === 'version' || left.includes(field)) continue;
    if (isDeepStrictEqual(was[field], given[field])) continue;
    // What has fired since is at rest: looking again costs nothing, and the ledger keeps it from being said twice.
    const atRest = field === 'nextRunAt' && restored[field] === null;
    if (atRest || isDeepStrictEqual(restored[field], given[field])) restored[field] = was[field];
    else if (!isDeepStrictEqual(restored[field], was[field])) complete = false;
  }
  if ('claim' in restored) restored.claim = null;
  return { restored: restored as unknown as Row, complete };
}
