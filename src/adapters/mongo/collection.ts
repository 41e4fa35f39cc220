import type { Model, mongo } from 'mongoose';
import type { Collection, New, Query, Row } from '../../core/ports/store.ts';
import { checkId, checkLimit, checkVersion } from '../shared/store/check-values.ts';
import { type AnyQuery, planQuery } from '../shared/store/query-plan.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';
import { pagesOf } from './pages.ts';
import { filterOf } from './query-filter.ts';
import { decodeRow, encodeRow } from './row-codec.ts';
import type { Stored } from './stored.ts';
import { leftOut, translated } from './write-errors.ts';

const DEFAULT_LIMIT = 100;
const DEFAULT_PAGE_SIZE = 500;

/**
 * A declared collection on MongoDB. Each method is one operation on the server; only `pages`, and answers above 16 MB,
 * need more (`getMore`).
 * @param model the mongoose model of the declaration.
 * @param partnership the tenant, put into every filter and row; undefined for a global collection.
 */
export function openCollection<T extends Row, I extends string>(
  shape: Shape,
  model: Model<Stored>,
  partnership: string | undefined,
): Collection<T, I> {
  const tenant = partnership === undefined ? {} : { partnership };
  const core = (stored: Stored) => decodeRow(shape, stored) as Fields & T;
  const encode = (row: New<T>, version: number) =>
    encodeRow(shape, partnership, row as unknown as Fields, version);
  const byId = (id: string) => {
    checkId(`${shape.name}.id`, id);
    return { _id: id, ...tenant };
  };
  // Operations on one row by-pass mongoose, which would double their cost. The codec checks each field against its
  // kind, and the filter is only the id and the tenant, both checked.
  const native = model.collection as unknown as mongo.Collection<Stored>;
  const ask = (query: Query<T, I>) => filterOf(partnership, planQuery(shape, query as AnyQuery));

  return {
    async get(id) {
      const found = await native.findOne(byId(id));
      return found ? core(found) : undefined;
    },

    async find(query) {
      const { filter, sort } = ask(query);
      const limit = checkLimit(query.limit ?? DEFAULT_LIMIT);
      if (limit === 0) return [];
      const options = { limit, batchSize: limit + 1 };
      const found = await model.find(filter, null, options).sort(sort).lean<Stored[]>();
      return found.map(core);
    },

    async count(query) {
      return model.countDocuments(ask(query).filter);
    },

    async *pages(query, size = DEFAULT_PAGE_SIZE) {
      const { filter, sort } = ask(query);
      const found = model.find(filter).sort(sort).lean<Stored[]>();
      if (checkLimit(size) === 0) throw new RangeError('A page has one row at least.');
      for await (const page of pagesOf(found, size)) yield page.map(core);
    },

    async insert(row) {
      const stored = encode(row, 1);
      try {
        await native.insertOne(stored);
      } catch (error) {
        throw translated(shape.name, error);
      }
      return core(stored);
    },

    async insertAll(rows) {
      const stored = rows.map((row) => encode(row, 1));
      if (stored.length === 0) return [];
      let left: ReadonlySet<number> = new Set();
      try {
        await native.insertMany(stored, { ordered: false });
      } catch (error) {
        left = leftOut(error);
      }
      return stored.filter((_, index) => !left.has(index)).map(core);
    },

    async save(row) {
      checkVersion(`${shape.name}.version`, row.version);
      const stored = encode(row, row.version + 1);
      const existing = { ...byId(row.id), version: row.version };
      try {
        const { matchedCount } = await native.replaceOne(existing, stored);
        return matchedCount === 1 ? core(stored) : undefined;
      } catch (error) {
        throw translated(shape.name, error);
      }
    },

    async remove(id, version) {
      if (version !== undefined) checkVersion(`${shape.name}.version`, version);
      const existing = { ...byId(id), ...(version === undefined ? {} : { version }) };
      const { deletedCount } = await native.deleteOne(existing);
      return deletedCount === 1;
    },
  };
}
