import type { Collection, New, Query, Row } from '../../core/ports/store.ts';
import {
  checkId,
  checkLimit,
  checkPageSize,
  checkVersion,
  DEFAULT_PAGE_SIZE,
} from '../shared/store/check-values.ts';
import { type AnyQuery, planQuery } from '../shared/store/query-plan.ts';
import type { Fields } from '../shared/store/shape.ts';
import type { BoundModel } from './models.ts';
import { filterOf } from './query-filter.ts';
import { decodeRow, encodeRow, type StoredRow } from './row-codec.ts';
import { type Attempt, toConflict } from './store-errors.ts';
import { insertMany, saveMany } from './write-many.ts';

/** Mongoose validates a replacement only when asked to. */
const VALIDATED = { runValidators: true } as const;

/**
 * A declared collection on MongoDB. Each method is one mongoose operation and one command to the server. Only `all`, a
 * `saveAll` that could not save every row, and answers above 16 MB (`getMore`) need more.
 * @param partnership the tenant, put into every filter and row; undefined for a global collection.
 */
export function openCollection<T extends Row, I extends string>(
  bound: BoundModel,
  attempt: Attempt,
  partnership: string | undefined,
): Collection<T, I> {
  const { shape, model } = bound;
  const tenant = partnership === undefined ? {} : { partnership };
  const decode = (stored: StoredRow) => decodeRow(shape, stored) as Fields & T;
  const encode = (row: New<T>, version: number) =>
    encodeRow(shape, partnership, row as unknown as Fields, version);
  const filterById = (id: string) => {
    checkId(`${shape.name}.id`, id);
    return { _id: id, ...tenant };
  };
  const filterFor = (query: Query<T, I>) => filterOf(planQuery(shape, query as AnyQuery), tenant);
  const owned = (rows: readonly object[]) => rows.map((row) => ({ partnership, row }));

  return {
    get: (id) =>
      attempt(async () => {
        const found = await model.findOne(filterById(id)).lean<StoredRow>();
        return found ? decode(found) : undefined;
      }),

    find: (query, limit) =>
      attempt(async () => {
        const { filter, sort } = filterFor(query);
        // One row more tells whether there are more. A batch above the limit ends the cursor at once.
        const options = { limit: checkLimit(limit) + 1, batchSize: limit + 2 };
        const found = await model.find(filter, null, options).sort(sort).lean<StoredRow[]>();
        return { rows: found.slice(0, limit).map(decode), more: found.length > limit };
      }),

    count: (query) => attempt(async () => model.countDocuments(filterFor(query).filter)),

    /** Each page is one batch of a server's cursor. The server drops a cursor that is left alone for ten minutes. */
    async *all(query, pageSize = DEFAULT_PAGE_SIZE) {
      const { filter, sort } = filterFor(query);
      checkPageSize(pageSize);
      const cursor = model
        .find(filter)
        .sort(sort)
        .lean<StoredRow[]>()
        .cursor({ batchSize: pageSize });
      const next = () => attempt(async () => (await cursor.next()) as StoredRow | null);
      try {
        for (let row = await next(); row; row = await next()) yield decode(row);
      } finally {
        await cursor.close();
      }
    },

    insert: (row) =>
      attempt(async () => {
        const stored = encode(row, 1);
        try {
          await model.create([stored]);
        } catch (error) {
          throw toConflict(shape.name, error);
        }
        return decode(stored);
      }),

    insertAll: (rows) =>
      attempt(() => insertMany(bound, owned(rows))) as Promise<(T | undefined)[]>,

    save: (row) =>
      attempt(async () => {
        checkVersion(`${shape.name}.version`, row.version);
        const stored = encode(row, row.version + 1);
        const filter = { ...filterById(row.id), version: row.version };
        try {
          const { matchedCount } = await model.replaceOne(filter, stored, VALIDATED);
          return matchedCount === 1 ? decode(stored) : undefined;
        } catch (error) {
          throw toConflict(shape.name, error);
        }
      }),

    saveAll: (rows) => attempt(() => saveMany(bound, owned(rows))) as Promise<(T | undefined)[]>,

    remove: (id, version) =>
      attempt(async () => {
        if (version !== undefined) checkVersion(`${shape.name}.version`, version);
        const isVersion = version === undefined ? {} : { version };
        const { deletedCount } = await model.deleteOne({ ...filterById(id), ...isVersion });
        return deletedCount === 1;
      }),
  };
}
