import type { Aggregate, Query, Schema } from 'mongoose';
import type { Stored } from './stored.ts';

type AnyQuery = Query<unknown, Stored>;

/** The operations of mongoose that have a filter. */
const FILTERED_OPERATIONS = [
  'find',
  'findOne',
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const;

const sweeps = new WeakSet<object>();

/**
 * Lets one query pass the guard without a tenant: the sweep's read of due ids, and nothing else. The guard still
 * wants it to be a `find` on `nextRunAt` alone.
 * @returns the same query.
 */
export function acrossTenants<Q extends object>(query: Q): Q {
  sweeps.add(query);
  return query;
}

/**
 * A mongoose plugin for tenant collections: a query, update, delete, count or aggregate whose filter does not
 * hold `partnership` equal to one text throws before anything is sent. Inserts need the field by the schema.
 * @see https://mongoosejs.com/docs/middleware.html
 */
export function tenantGuard(schema: Schema<Stored>): void {
  schema.pre([...FILTERED_OPERATIONS], function (this: AnyQuery) {
    const filter = this.getFilter();
    const op = (this as AnyQuery & { op?: string }).op;
    if (sweeps.has(this) && op === 'find' && Object.keys(filter).join() === 'nextRunAt') return;
    if (!namesTenant(filter)) refuse(op ?? 'query');
  });
  schema.pre('save', function () {
    if (!this.isNew) refuse('save of an existing document');
  });
  schema.pre('estimatedDocumentCount', () => refuse('estimatedDocumentCount'));
  schema.pre('bulkWrite', () => refuse('bulkWrite'));
  schema.pre('aggregate', function (this: Aggregate<unknown>) {
    const first = this.pipeline()[0];
    if (!first || !('$match' in first) || !namesTenant(first.$match)) refuse('aggregate');
  });
}

function namesTenant(filter: object): boolean {
  return (
    'partnership' in filter && typeof filter.partnership === 'string' && filter.partnership !== ''
  );
}

function refuse(op: string): never {
  throw new Error(`${op} without a partnership: use stores.forPartnership(id).`);
}
