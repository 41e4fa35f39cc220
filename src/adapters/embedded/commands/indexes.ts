import { serialize } from 'bson';
import type { Collection } from '../catalog/collection.ts';
import type { IndexSpec } from '../catalog/field-index.ts';
import { CommandError } from '../errors.ts';
import { readKeyFields } from '../query/sort.ts';
import { Arguments } from '../wire/arguments.ts';
import { type Command, namespaceOf } from './context.ts';

/** Idempotent. https://www.mongodb.com/docs/manual/reference/command/createIndexes/ */
export const createIndexes: Command = async (call) => {
  const { args, catalog, log } = call;
  args.only('createIndexes', 'indexes', 'commitQuorum');
  const namespace = namespaceOf(call);
  const specs = args.objects('indexes').map(readSpec);
  log.check();
  const createdCollectionAutomatically = !catalog.get(namespace);
  const collection = catalog.ensure(namespace);
  const numIndexesBefore = collection.indexes.length;
  try {
    for (const spec of specs) if (!isKnown(collection, spec)) catalog.declare(collection, spec);
  } finally {
    await log.commit();
  }
  const numIndexesAfter = collection.indexes.length;
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 };
};

function readSpec(doc: Buffer): IndexSpec {
  const args = Arguments.of(doc);
  args.only('an index', 'key', 'name', 'unique', 'background', 'v');
  const fields = readKeyFields(args.object('key') ?? Buffer.from(serialize({})), 'an index');
  const names = new Set(fields.map((field) => field.name));
  if (fields.length === 0 || fields.length > 32 || names.size < fields.length)
    throw new CommandError(67, 'An index takes 1 to 32 different fields');
  return { name: args.text('name'), fields, unique: args.flag('unique', false) };
}

/** @throws CommandError 85 for the same fields under another name, 86 for the same name on something else */
function isKnown(collection: Collection, spec: IndexSpec): boolean {
  const wanted = JSON.stringify(spec.fields);
  for (const { spec: known } of collection.indexes) {
    const same = JSON.stringify(known.fields) === wanted;
    const isId = known.name === '_id_';
    if (same && (isId || (known.name === spec.name && known.unique === spec.unique))) return true;
    if (known.name === spec.name)
      throw new CommandError(86, `The index '${spec.name}' is there already, on something else`);
    if (same)
      throw new CommandError(85, `The index is there already, under the name '${known.name}'`);
  }
  return false;
}

/** https://www.mongodb.com/docs/manual/reference/command/listIndexes/ */
export const listIndexes: Command = (call) => {
  const { args, catalog, cursors } = call;
  args.only('listIndexes', 'cursor');
  const namespace = namespaceOf(call);
  const collection = catalog.get(namespace);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
  const docs = collection.indexes.map(({ spec }) => Buffer.from(serialize(describe(spec))));
  return cursors.first({ namespace, docs, project: (doc) => doc });
};

function describe({ name, fields, unique }: IndexSpec) {
  const key = new Map(fields.map((field) => [field.name, field.descending ? -1 : 1]));
  return { v: 2, key, name, ...(unique && name !== '_id_' ? { unique } : {}) };
}
