import type { Document } from 'bson';
import { CODES, CommandError, notSupported } from './command-error.ts';
import { checkField, matches, readFilter } from './filter.ts';
import { allowOnly, type CommandContext, type Handler, namespaceOf, refuseSet } from './handler.ts';
import { aggregate, find, getMore, killCursors, MAX_BATCH_BYTES, onlyBatch } from './reads.ts';
import { MAX_MESSAGE_BYTES } from './wire.ts';
import { insert, remove, update } from './writes.ts';

/** The oldest version that Convenor supports. */
const VERSION = [6, 0, 0, 0];
const WIRE_VERSION = 17;

/** A standalone server: https://www.mongodb.com/docs/manual/reference/command/hello/ */
const hello: Handler = () => ({
  ismaster: true,
  isWritablePrimary: true,
  helloOk: true,
  maxBsonObjectSize: MAX_BATCH_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
  ok: 1,
});

const buildInfo: Handler = () => ({
  version: VERSION.slice(0, 3).join('.'),
  versionArray: VERSION,
  ok: 1,
});

const create: Handler = (args, { rows }) => {
  allowOnly(args, 'create', []);
  const namespace = namespaceOf(args, 'create');
  if (rows.collection(namespace)) {
    throw new CommandError(CODES.NamespaceExists, `Collection ${namespace} already exists.`);
  }
  rows.ensure(namespace);
  return { ok: 1 };
};

const createIndexes: Handler = (args, { rows }) => {
  allowOnly(args, 'createIndexes', ['indexes']);
  const collection = rows.ensure(namespaceOf(args, 'createIndexes'));
  const numIndexesBefore = collection.indexes.length;
  for (const { key, name, unique = false, ...options } of args.indexes as Document[]) {
    refuseSet(options, ['background', 'v'], 'an index');
    const fields = Object.keys(key);
    fields.forEach(checkField);
    if (fields.some((field) => key[field] !== 1)) throw notSupported('an index that descends');
    const existing = collection.indexes.find((index) => index.name === name);
    const isSame = existing?.fields.join() === fields.join() && existing.isUnique === unique;
    if (existing && !isSame) {
      throw new CommandError(
        CODES.IndexKeySpecsConflict,
        `An existing index has the same name as the requested index: ${name}`,
      );
    }
    if (!existing) rows.createIndex(collection, { name, fields, isUnique: unique });
  }
  return { numIndexesBefore, numIndexesAfter: collection.indexes.length, ok: 1 };
};

const listIndexes: Handler = (args, { rows }) => {
  allowOnly(args, 'listIndexes', ['cursor']);
  const namespace = namespaceOf(args, 'listIndexes');
  const collection = rows.collection(namespace);
  if (!collection) {
    throw new CommandError(CODES.NamespaceNotFound, `ns does not exist: ${namespace}`);
  }
  const indexes = collection.indexes.map(({ name, fields, isUnique }) => ({
    v: 2,
    key: Object.fromEntries(fields.map((field) => [field, 1])),
    name,
    ...(isUnique && name !== '_id_' && { unique: true }),
  }));
  return onlyBatch(namespace, indexes);
};

const listCollections: Handler = (args, { rows }) => {
  allowOnly(args, 'listCollections', ['filter', 'nameOnly', 'authorizedCollections', 'cursor']);
  const { $db: database, filter = {} } = args;
  const conditions = readFilter(filter);
  const collections = rows.collectionsOf(database).map(({ namespace }) => ({
    name: namespace.slice(database.length + 1),
    type: 'collection',
  }));
  const found = collections.filter((collection) => matches(conditions, collection));
  return onlyBatch(`${database}.$cmd.listCollections`, found);
};

const dropDatabase: Handler = (args, { rows }) => {
  allowOnly(args, 'dropDatabase', []);
  for (const collection of rows.collectionsOf(args.$db)) rows.drop(collection);
  return { dropped: args.$db, ok: 1 };
};

const acknowledge: Handler = () => ({ ok: 1 });

/** All commands that the double supports. */
const HANDLERS = new Map<string, Handler>([
  ['hello', hello],
  ['ismaster', hello],
  ['ping', acknowledge],
  ['endSessions', acknowledge],
  ['buildInfo', buildInfo],
  ['find', find],
  ['aggregate', aggregate],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['create', create],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['listCollections', listCollections],
  ['dropDatabase', dropDatabase],
]);

/** Runs a command. Its first field is its name. @throws CommandError */
export function runCommand(command: Document, context: CommandContext): Document {
  const [name = ''] = Object.keys(command);
  const handler = HANDLERS.get(name);
  if (!handler) throw new CommandError(CODES.CommandNotFound, `no such command: '${name}'`);
  return handler(command, context);
}
