import { isDeepStrictEqual } from 'node:util';
import type { Written } from '../../recording.ts';
import { type Collection, Conflict, type Row, revise } from '../../store.ts';

/** Fields that belong to the sweep, not to the user. */
const sweepFields = ['claim', 'sending'];

/**
 * Takes back what was written to one row. A new row goes, if nobody has touched it since; a changed one gets
 * back those fields that still have the value they were given; a removed one returns.
 * @returns false when something had to stay as it is.
 */
export async function takeBack(written: Written, rows: Collection<Row>): Promise<boolean> {
  const { id, before, after } = written;
  if (!before) return removeUntouched(id, after, rows);
  if (!after) return putBack(before, rows);
  let whole = true;
  return unlessTaken(async () => {
    await revise(rows, id, (now) => {
      const { restored, complete } = mergedBack(before, after, now);
      whole = complete;
      return restored;
    });
    return whole;
  });
}

async function removeUntouched(
  id: string,
  after: Row | null,
  rows: Collection<Row>,
): Promise<boolean> {
  const now = await rows.get(id);
  if (!now) return true;
  if (now.version !== after?.version) return false;
  await rows.remove(id);
  return true;
}

function putBack(before: Row, rows: Collection<Row>): Promise<boolean> {
  return unlessTaken(async () => {
    await rows.insert(before);
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
function mergedBack(before: Row, after: Row, now: Row): { restored: Row; complete: boolean } {
  const was = before as unknown as Record<string, unknown>;
  const given = after as unknown as Record<string, unknown>;
  const restored: Record<string, unknown> = { ...now };
  let complete = true;
  for (const field of Object.keys(given)) {
    if (field === 'version' || sweepFields.includes(field)) continue;
    if (isDeepStrictEqual(was[field], given[field])) continue;
    // What has fired since is at rest: looking again costs nothing, and the ledger keeps it from being said twice.
    const atRest = field === 'sweepAt' && restored[field] === null;
    if (atRest || isDeepStrictEqual(restored[field], given[field])) restored[field] = was[field];
    else if (!isDeepStrictEqual(restored[field], was[field])) complete = false;
  }
  if ('claim' in restored) restored.claim = null;
  return { restored: restored as unknown as Row, complete };
}
