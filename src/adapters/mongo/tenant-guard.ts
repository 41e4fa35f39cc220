import type { Aggregate, AnyBulkWriteOperation, Query, Schema } from 'mongoose';
import type { StoredRow } from './row-codec.ts';

type AnyQuery = Query<unknown, StoredRow> & { op?: string };
type BulkOptions = { ordered?: boolean; throwOnValidationError?: boolean };

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

const exempted = new WeakSet<object>();

/** The queries that may pass without a tenant, by the field of their filter, with the only fields that they may read. */
const ACROSS_TENANTS: Record<string, readonly string[]> = {
  nextRunAt: ['partnership', 'nextRunAt', 'claim'],
  _id: ['writeId'],
};

/**
 * Lets one query pass the guard without a tenant: the sweep's search for due rows, or the check which rows of a bulk were
 * saved. The guard refuses it if it is anything else.
 * @returns the same query.
 */
export function acrossTenants<Q extends object>(query: Q): Q {
  exempted.add(query);
  return query;
}

/**
 * A mongoose plugin for tenant collections. An operation throws before anything is sent unless it names one partnership,
 * as a text: reads, updates and deletes in their filter, inserts and replacements in their document.
 * @see https://mongoosejs.com/docs/middleware.html
 */
export function tenantGuard(schema: Schema<StoredRow>): void {
  schema.pre([...FILTERED_OPERATIONS], function (this: AnyQuery) {
    const filter = this.getFilter();
    const { op = 'query' } = this;
    if (op === 'find' && exempted.has(this) && readsAcrossTenants(filter, this.projection()))
      return;
    const partnership = partnershipOf(op, filter);
    if (op === 'replaceOne' || op === 'findOneAndReplace') {
      checkReplacement(op, partnership, this.getUpdate());
    }
  });
  schema.pre('save', function () {
    if (!this.isNew) refuse('save of a document that was read');
    partnershipOf('save', { partnership: this.get('partnership') });
  });
  schema.pre('insertMany', (documents: object | readonly object[]) => {
    for (const document of [documents].flat()) partnershipOf('insertMany', document);
  });
  schema.pre('bulkWrite', (operations: readonly AnyBulkWriteOperation<StoredRow>[]) => {
    for (const operation of operations) {
      if ('insertOne' in operation) partnershipOf('bulkWrite', operation.insertOne.document);
      else if ('deleteOne' in operation) partnershipOf('bulkWrite', operation.deleteOne.filter);
      else if ('replaceOne' in operation) {
        const { filter, replacement } = operation.replaceOne;
        checkReplacement('bulkWrite', partnershipOf('bulkWrite', filter), replacement);
      } else refuse('bulkWrite');
    }
  });
  schema.pre('estimatedDocumentCount', () => refuse('estimatedDocumentCount'));
  schema.pre('aggregate', function (this: Aggregate<unknown>) {
    const [first] = this.pipeline();
    partnershipOf('aggregate', first && '$match' in first ? first.$match : undefined);
  });
}

/**
 * A mongoose plugin for all collections. In `bulkWrite`, mongoose does not sanitize filters, and silently leaves out
 * invalid operations of an unordered list. So operators throw here, and an unordered list must ask for the error.
 * @see https://mongoosejs.com/docs/api/model.html#Model.bulkWrite()
 */
export function bulkGuard(schema: Schema<StoredRow>): void {
  schema.pre(
    'bulkWrite',
    (operations: readonly AnyBulkWriteOperation<StoredRow>[], options?: BulkOptions) => {
      if (options?.ordered === false && options.throwOnValidationError !== true) {
        throw new Error('bulkWrite that is not ordered needs throwOnValidationError.');
      }
      for (const operation of operations) {
        const [[name, given] = []] = Object.entries(operation);
        if (name === 'insertOne') continue;
        if (name !== 'replaceOne' && name !== 'deleteOne') {
          throw new Error(`bulkWrite does not take ${name} here.`);
        }
        if (!Object.values(given.filter).every(isScalar)) {
          throw new Error(
            'A filter of bulkWrite takes texts, whole numbers, flags and dates only.',
          );
        }
      }
    },
  );
}

function readsAcrossTenants(filter: object, projection: object | null | undefined): boolean {
  const allowed = ACROSS_TENANTS[Object.keys(filter).join()] ?? [];
  const read = Object.keys(projection ?? {});
  return read.length > 0 && read.every((field) => allowed.includes(field));
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    value instanceof Date ||
    ['string', 'number', 'boolean'].includes(typeof value)
  );
}

/** The partnership that a filter or a document names. @throws Error if it names none, or several. */
function partnershipOf(operation: string, named: object | null | undefined): string {
  const partnership = named && 'partnership' in named ? named.partnership : undefined;
  if (typeof partnership !== 'string' || partnership === '') refuse(operation);
  return partnership;
}

/** A replacement would move the row to the partnership that it names. */
function checkReplacement(operation: string, partnership: string, replacement: object | null) {
  if (partnershipOf(operation, replacement) !== partnership) {
    throw new Error(`${operation} of a row by one of another partnership.`);
  }
}

function refuse(operation: string): never {
  throw new Error(`${operation} without a partnership: use stores.forPartnership(id).`);
}
