import { randomUUID } from 'node:crypto';
import { type AnyBulkWriteOperation, type Model, trusted } from 'mongoose';
import { checkVersion } from '../shared/store/check-values.ts';
import type { Fields } from '../shared/store/shape.ts';
import type { BoundModel } from './models.ts';
import { decodeRow, encodeRow, type StoredRow } from './row-codec.ts';
import { type BulkResult, bulkResultOf } from './store-errors.ts';
import { acrossTenants } from './tenant-guard.ts';

/** A row with its tenant; undefined for a global collection. */
interface OwnedRow {
  partnership: string | undefined;
  row: object;
}

/** Without the second option mongoose silently leaves out operations that are not valid. */
const UNORDERED = { ordered: false, throwOnValidationError: true } as const;

/** Inserts rows, each by itself. @returns for each the row as stored; undefined if one of its keys is taken. */
export async function insertMany(
  { shape, model }: BoundModel,
  rows: readonly OwnedRow[],
): Promise<(Fields | undefined)[]> {
  const stored = rows.map(({ partnership, row }) =>
    encodeRow(shape, partnership, row as Fields, 1),
  );
  const { conflicts } = await bulkWrite(
    model,
    stored.map((document) => ({ insertOne: { document } })),
  );
  return stored.map((row, index) => (conflicts.has(index) ? undefined : decodeRow(shape, row)));
}

/**
 * Saves rows, each by itself and only over its own version. The server tells how many it saved, but not which: so each
 * saved row bears the id of its write, and the rows are read again unless all were saved. A row that another writer
 * changed before that read counts as not saved.
 * @returns for each the row as stored, with the next version; undefined if it was changed or removed, or one of its
 *   keys is taken.
 */
export async function saveMany(
  { shape, model }: BoundModel,
  rows: readonly OwnedRow[],
): Promise<(Fields | undefined)[]> {
  const bulk = randomUUID();
  const writes = rows.map(({ partnership, row }, index) => {
    const { version } = row as { version?: unknown };
    checkVersion(`${shape.name}.version`, version);
    const replacement = encodeRow(shape, partnership, row as Fields, version + 1);
    replacement.writeId = `${bulk} ${index}`;
    const tenant = partnership === undefined ? {} : { partnership };
    return { filter: { _id: replacement._id, ...tenant, version }, replacement };
  });
  const { matchedCount, conflicts } = await bulkWrite(
    model,
    writes.map((replaceOne) => ({ replaceOne })),
  );
  const candidates = writes
    .map(({ replacement }) => replacement)
    .filter((_, index) => !conflicts.has(index));
  const isAllOrNone = matchedCount === 0 || matchedCount === candidates.length;
  const saved = isAllOrNone
    ? candidates.slice(0, matchedCount)
    : await readStored(model, candidates);
  const savedIds = new Set(saved.map(({ writeId }) => writeId));
  return writes.map(({ replacement }) =>
    savedIds.has(replacement.writeId) ? decodeRow(shape, replacement) : undefined,
  );
}

/** The rows that are stored by now, with the ids of the writes that stored them. */
async function readStored(model: Model<StoredRow>, rows: readonly StoredRow[]) {
  const filter = { _id: trusted({ $in: rows.map(({ _id }) => _id) }) };
  const options = { batchSize: rows.length + 1 };
  const query = model.find(filter, { writeId: 1 }, options).lean<StoredRow[]>();
  return acrossTenants(query);
}

async function bulkWrite(
  model: Model<StoredRow>,
  operations: AnyBulkWriteOperation<StoredRow>[],
): Promise<BulkResult> {
  if (operations.length === 0) return { matchedCount: 0, conflicts: new Set() };
  try {
    const { matchedCount } = await model.bulkWrite(operations, UNORDERED);
    return { matchedCount, conflicts: new Set() };
  } catch (error) {
    return bulkResultOf(error);
  }
}
