import { serialize } from 'bson';
import { document } from '../bson/element.ts';
import { CommandError } from '../errors.ts';
import { matches, readFilter } from '../query/filter.ts';
import { type Command, collectionName, namespaceOf } from './context.ts';

/** https://www.mongodb.com/docs/manual/reference/command/create/ */
export const create: Command = async (call) => {
  const { args, catalog, log } = call;
  args.only('create');
  const namespace = namespaceOf(call);
  log.check();
  if (catalog.get(namespace)) throw new CommandError(48, `The collection ${namespace} is there`);
  catalog.ensure(namespace);
  await log.commit();
  return { ok: 1 };
};

/** https://www.mongodb.com/docs/manual/reference/command/drop/ */
export const drop: Command = async (call) => {
  const { args, catalog, log } = call;
  args.only('drop');
  const ns = namespaceOf(call);
  const collection = catalog.get(ns);
  if (!collection) throw new CommandError(26, 'ns not found');
  log.check();
  catalog.drop(collection);
  await log.commit();
  return { nIndexesWas: collection.indexes.length, ns, ok: 1 };
};

/** https://www.mongodb.com/docs/manual/reference/command/dropDatabase/ */
export const dropDatabase: Command = async ({ args, catalog, log, database }) => {
  args.only('dropDatabase');
  log.check();
  for (const collection of catalog.of(database)) catalog.drop(collection);
  await log.commit();
  return { dropped: database, ok: 1 };
};

/** https://www.mongodb.com/docs/manual/reference/command/listCollections/ */
export const listCollections: Command = ({ args, catalog, cursors, database }) => {
  args.only('listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor');
  const filter = readFilter(args.object('filter') ?? document([]));
  const nameOnly = args.flag('nameOnly', false);
  const docs = catalog.of(database).map((collection) => {
    const name = collectionName(collection.namespace);
    const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' };
    const more = nameOnly ? {} : { options: {}, info: { readOnly: false }, idIndex };
    return Buffer.from(serialize({ name, type: 'collection', ...more }));
  });
  const found = docs.filter((doc) => matches(filter, doc));
  const namespace = `${database}.$cmd.listCollections`;
  return cursors.first({ namespace, docs: found, project: (doc) => doc });
};
