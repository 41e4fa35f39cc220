import { isDeepStrictEqual } from 'node:util';
import { derivedId } from '../../base/id.ts';
import type { Row } from '../../ports/store.ts';
import type { Contact } from '../contacts/contact.ts';
import type { Followup } from '../followups/followup.ts';

/**
 * One row that a command wrote, before and after (null: there was none). For a changed row these are the changed fields
 * only, for a new row only its id and version.
 */
export interface Change {
  collection: string;
  id: string;
  before: Row | null;
  after: Row | null;
  /** For a new row: its fingerprint, which tells later whether somebody changed it. */
  fingerprint?: string;
}

/** The change of one row, as a receipt keeps it. */
export function changeOf(collection: string, before: Row | null, after: Row | null): Change {
  const id = (after ?? before)?.id ?? '';
  if (before && after) return { collection, id, ...onlyChangedFields(before, after) };
  // To undo a new row, no field of it is needed.
  return after
    ? {
        collection,
        id,
        before,
        after: { id, version: after.version },
        fingerprint: fingerprintOf(after),
      }
    : { collection, id, before, after };
}

/** Keeps only the fields that differ. */
function onlyChangedFields(before: Row, after: Row): Pick<Change, 'before' | 'after'> {
  const was = before as unknown as Record<string, unknown>;
  const given = after as unknown as Record<string, unknown>;
  const changed = Object.keys(given).filter((field) => {
    const [one, other] = [was[field], given[field]];
    // Most fields are the same, and most are texts: thousands of rows are compared at once.
    return one !== other && !isDeepStrictEqual(one, other);
  });
  const pick = (row: Record<string, unknown>) =>
    Object.fromEntries(['id', ...changed].map((field) => [field, row[field]])) as unknown as Row;
  return { before: pick(was), after: pick(given) };
}

/** Fields in which a worker notes that it handles a row now. An undo does not restore them. */
export const claimFields: readonly string[] = ['claim', 'sending'];

/** Fields that the sweep changes by itself: a change of these is nobody's. */
const sweepFields: readonly string[] = [...claimFields, 'nextRunAt', 'remindAgainAt'];

/**
 * A short text that stays the same until somebody changes a row. A new empty field does not count as a change, nor does
 * a merge of its partner with another one.
 */
export function fingerprintOf(row: Row): string {
  const fields = Object.entries(beforeMerges(row)).filter(
    ([name, value]) => value !== null && name !== 'version' && !sweepFields.includes(name),
  );
  return derivedId(JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** The row with the partner that it was noted with. */
function beforeMerges(row: Row & Partial<Contact & Followup>): Row {
  const { formerPartners, ...rest } = row;
  const first = formerPartners?.[0];
  if (first === undefined) return rest;
  const { series = null, partner } = rest;
  const isSame = series !== null && series.partner === partner;
  return {
    ...rest,
    partner: first,
    ...(isSame && { series: { ...series, partner: first } }),
  } as Row;
}
