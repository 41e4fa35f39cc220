import { serialize } from 'bson';
import { type Element, elements } from '../bson/element.ts';
import { numberOf } from '../bson/number.ts';
import { OBJECT } from '../bson/types.ts';
import { refused } from '../errors.ts';
import { readFilter } from '../query/filter.ts';
import { findRows } from '../query/query.ts';
import { Arguments } from '../wire/arguments.ts';
import { type Command, namespaceOf } from './context.ts';

/** What the driver's countDocuments ends its pipeline with. */
const GROUP = Buffer.from(serialize({ $group: { _id: 1, n: { $sum: 1 } } }));

/**
 * `aggregate` in the one shape that countDocuments sends: `$match`, perhaps `$limit`, and a `$group`
 * that counts. https://www.mongodb.com/docs/manual/reference/method/db.collection.countDocuments/
 */
export const aggregate: Command = (call) => {
  const { args, catalog, cursors } = call;
  args.only('aggregate', 'pipeline', 'cursor', 'allowDiskUse');
  const namespace = namespaceOf(call);
  const cursor = Arguments.of(args.object('cursor') ?? Buffer.from(serialize({})));
  cursor.only('a cursor', 'batchSize');
  const stages = args.array('pipeline').map(readStage);
  const [match, ...rest] = stages;
  const limited = rest[0]?.name === '$limit' ? rest.shift() : undefined;
  const group = rest.shift();
  if (
    match?.name !== '$match' ||
    match.type !== OBJECT ||
    group?.name !== '$group' ||
    rest.length > 0
  )
    throw refused('A pipeline other than that of countDocuments');
  const limit = limited ? numberOf(limited) : Number.POSITIVE_INFINITY;
  if (limit === undefined || !(limit > 0) || (limited && !Number.isInteger(limit)))
    throw refused('A $limit that is not above 0');
  const filter = readFilter(match.doc.subarray(match.at, match.end));
  const n = findRows(catalog.get(namespace), { filter, sort: [], limit }).length;
  const docs = n > 0 ? [Buffer.from(serialize({ _id: 1, n }))] : [];
  return cursors.first({ namespace, docs, project: (doc) => doc }, cursor.count('batchSize'));
};

/** The only field of a stage. */
function readStage(stage: Element): Element {
  const fields = stage.type === OBJECT ? elements(stage.doc, stage.at) : [];
  const [field] = fields;
  if (!field || fields.length > 1) throw refused('A stage that is not one operator');
  if (!['$match', '$limit', '$group'].includes(field.name))
    throw refused(`The stage ${field.name}`);
  if (field.name === '$group' && !GROUP.equals(stage.doc.subarray(stage.at, stage.end)))
    throw refused('A $group other than that of countDocuments');
  return field;
}
