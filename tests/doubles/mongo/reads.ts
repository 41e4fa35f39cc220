import { type Document, Long } from 'bson';
import { CODES, CommandError, notSupported } from './command-error.ts';
import { checkField, matches, readFilter } from './filter.ts';
import {
  allowOnly,
  type CommandContext,
  type Cursor,
  type Handler,
  namespaceOf,
} from './handler.ts';
import { planQuery } from './plan.ts';
import type { Collection, Row, Rows } from './rows.ts';

/** The size of a batch: the document that reaches it is the last one. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** Documents in the first batch, unless the command says how many. */
const FIRST_BATCH_SIZE = 101;

export const find: Handler = (args, context) => {
  const { filter = {}, sort = {}, projection, limit = 0, batchSize, singleBatch = false } = args;
  const options = ['filter', 'sort', 'projection', 'limit', 'batchSize', 'singleBatch'];
  allowOnly(args, 'find', options);
  const namespace = namespaceOf(args, 'find');
  const project = projectionOf(projection);
  const collection = context.rows.collection(namespace);
  let found = query(context.rows, collection, filter, { sort, chunkSize: limit || batchSize });
  if (context.shufflesUnsorted && Object.keys(sort).length === 0) found = shuffled(found);
  const rows = projected(found, limit === 0 ? Number.POSITIVE_INFINITY : limit, project);
  return firstBatch({ namespace, rows }, context, batchSize, singleBatch);
};

/** The pipeline of `countDocuments`, and no other. */
export const aggregate: Handler = (args, { rows }) => {
  allowOnly(args, 'aggregate', ['pipeline', 'cursor']);
  const namespace = namespaceOf(args, 'aggregate');
  const [{ $match: filter } = {}, group, ...more] = args.pipeline as Document[];
  const isCount = JSON.stringify(group) === '{"$group":{"_id":1,"n":{"$sum":1}}}';
  if (!filter || !isCount || more.length > 0) {
    const stages = args.pipeline.map((stage: Document) => Object.keys(stage).join());
    throw notSupported(`a pipeline other than that of countDocuments (${stages.join(', ')})`);
  }
  const n = count(rows, rows.collection(namespace), filter);
  return onlyBatch(namespace, n > 0 ? [{ _id: 1, n }] : []);
};

export const getMore: Handler = (args, { cursors }) => {
  allowOnly(args, 'getMore', ['collection', 'batchSize']);
  const id = Number(args.getMore);
  const cursor = cursors.get(id);
  if (!cursor) throw new CommandError(CODES.CursorNotFound, `cursor id ${id} not found`);
  if (cursor.namespace !== namespaceOf(args, 'collection')) {
    throw new CommandError(CODES.Unauthorized, `cursor ${id} belongs to ${cursor.namespace}`);
  }
  const { batch: nextBatch, isDone } = readBatch(cursor, args.batchSize);
  if (isDone) cursors.delete(id);
  return cursorReply(cursor.namespace, isDone ? 0 : id, { nextBatch });
};

export const killCursors: Handler = (args, { cursors }) => {
  allowOnly(args, 'killCursors', ['cursors']);
  const ids: number[] = args.cursors.map(Number);
  const [cursorsKilled, cursorsNotFound] = [true, false].map((isOpen) =>
    ids.filter((id) => cursors.has(id) === isOpen).map((id) => Long.fromNumber(id)),
  );
  for (const id of ids) cursors.delete(id);
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};

interface ReadOptions {
  sort?: Document;
  /** How many rows are read at a time. */
  chunkSize?: number;
}

/** The rows that a filter finds. What is not supported is refused even if the collection does not exist. */
export function* query(
  rows: Rows,
  collection: Collection | undefined,
  filter: Document,
  { sort = {}, chunkSize }: ReadOptions = {},
): Generator<Row> {
  const conditions = readFilter(filter);
  if (!collection) return;
  const plan = planQuery(collection.indexes, conditions, sort);
  for (const row of rows.scan(plan, chunkSize || FIRST_BATCH_SIZE)) {
    if (matches(plan.remaining, row.document)) yield row;
  }
}

function count(rows: Rows, collection: Collection | undefined, filter: Document): number {
  const conditions = readFilter(filter);
  if (!collection) return 0;
  const plan = planQuery(collection.indexes, conditions, {});
  return plan.remaining.length === 0
    ? rows.count(plan)
    : [...query(rows, collection, filter)].length;
}

/** Keeps the fields that are named, and `_id`. */
function projectionOf(projection: Document | undefined): (document: Document) => Document {
  if (!projection) return (document) => document;
  const wanted = Object.entries(projection);
  for (const [field, value] of wanted) {
    checkField(field);
    if (value !== 1 && value !== true) throw notSupported(`the projection of ${field}`);
  }
  const fields = new Set(['_id', ...wanted.map(([field]) => field)]);
  return (document) =>
    Object.fromEntries(Object.entries(document).filter(([field]) => fields.has(field)));
}

/** Ends at the limit, without reading one row more. */
function* projected(
  rows: Iterable<Row>,
  limit: number,
  project: (document: Document) => Document,
): Generator<Pick<Row, 'document' | 'bytes'>> {
  let left = limit;
  for (const { document, bytes } of rows) {
    yield { document: project(document), bytes };
    left -= 1;
    if (left === 0) return;
  }
}

function firstBatch(
  cursor: Cursor,
  { cursors }: CommandContext,
  size = FIRST_BATCH_SIZE,
  isOnly: boolean,
): Document {
  const { batch, isDone } = readBatch(cursor, size);
  const id = isDone || isOnly ? 0 : 1 + Math.floor(Math.random() * 2 ** 47);
  if (id !== 0) cursors.set(id, cursor);
  return cursorReply(cursor.namespace, id, { firstBatch: batch });
}

function readBatch({ rows }: Cursor, size = Number.POSITIVE_INFINITY) {
  const batch: Document[] = [];
  let bytes = 0;
  while (batch.length < size && bytes < MAX_BATCH_BYTES) {
    const next = rows.next();
    if (next.done) return { batch, isDone: true };
    batch.push(next.value.document);
    bytes += next.value.bytes;
  }
  return { batch, isDone: false };
}

/** An answer that always fits in one batch. */
export function onlyBatch(namespace: string, documents: Document[]): Document {
  return cursorReply(namespace, 0, { firstBatch: documents });
}

function cursorReply(ns: string, id: number, batch: Document): Document {
  return { cursor: { id: Long.fromNumber(id), ns, ...batch }, ok: 1 };
}

function* shuffled<T>(all: Iterable<T>): Generator<T> {
  const drawn = Array.from(all, (one) => ({ one, at: Math.random() }));
  for (const { one } of drawn.sort((a, b) => a.at - b.at)) yield one;
}
