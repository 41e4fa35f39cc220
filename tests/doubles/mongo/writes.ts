import type { Document } from 'bson';
import { CODES, CommandError, notSupported } from './command-error.ts';
import { checkField } from './filter.ts';
import { allowOnly, type Handler, namespaceOf, refuseSet } from './handler.ts';
import { query } from './reads.ts';

export const insert: Handler = (args, { rows }) => {
  allowOnly(args, 'insert', ['documents', 'ordered']);
  const collection = rows.ensure(namespaceOf(args, 'insert'));
  return writeEach(args, args.documents, (document) => {
    if (document._id === undefined) throw notSupported('a document without _id');
    rows.insert(collection, document);
    return { n: 1 };
  });
};

export const update: Handler = (args, { rows }) => {
  allowOnly(args, 'update', ['updates', 'ordered']);
  const collection = rows.collection(namespaceOf(args, 'update'));
  return writeEach(args, args.updates, ({ q: filter, u: change, ...options }) => {
    refuseSet(options, ['multi', 'upsert'], 'update');
    const [row] = query(rows, collection, filter, { chunkSize: 1 });
    if (!collection || !row) return { n: 0, nModified: 0 };
    rows.replace(collection, row, changed(row.document, change));
    return { n: 1, nModified: 1 };
  });
};

export const remove: Handler = (args, { rows }) => {
  allowOnly(args, 'delete', ['deletes', 'ordered']);
  const collection = rows.collection(namespaceOf(args, 'delete'));
  return writeEach(args, args.deletes, ({ q: filter, limit, ...options }) => {
    refuseSet(options, [], 'delete');
    const found = [...query(rows, collection, filter)];
    const removed = limit === 1 ? found.slice(0, 1) : found;
    if (collection) for (const row of removed) rows.remove(collection, row);
    return { n: removed.length };
  });
};

/** A replacement, or `$set` and `$inc` of top-level fields. The id stays. */
function changed(document: Document, change: Document): Document {
  const { _id } = document;
  const operators = Object.keys(change).filter((key) => key.startsWith('$'));
  const unknown = operators.find((operator) => operator !== '$set' && operator !== '$inc');
  if (unknown) throw notSupported(`the update operator ${unknown}`);
  const { $set = {}, $inc = {} } = change;
  for (const field of Object.keys({ ...$set, ...$inc })) checkField(field);
  const sums = Object.entries($inc as Record<string, number>).map(([field, by]) => [
    field,
    (document[field] ?? 0) + by,
  ]);
  const isReplacement = operators.length === 0;
  const next: Document = isReplacement
    ? { _id, ...change }
    : { ...document, ...$set, ...Object.fromEntries(sums) };
  if (next._id !== _id) {
    throw new CommandError(
      CODES.ImmutableField,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return next;
}

/** Runs each statement of a write; an ordered one ends at the first that fails. */
function writeEach(
  { ordered = true }: Document,
  statements: readonly Document[],
  write: (statement: Document) => Record<string, number>,
): Document {
  const reply: Document = { n: 0, ok: 1 };
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      for (const [name, by] of Object.entries(write(statement))) {
        reply[name] = (reply[name] ?? 0) + by;
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push(error.writeError(index));
      if (ordered) break;
    }
  }
  return { ...reply, ...(writeErrors.length > 0 && { writeErrors }) };
}
