import { document } from '../bson/element.ts';
import { shuffled } from '../faults.ts';
import { readFilter } from '../query/filter.ts';
import { readProjection } from '../query/projection.ts';
import { findRows } from '../query/query.ts';
import { readKeyFields } from '../query/sort.ts';
import { type Command, namespaceOf } from './context.ts';

const EMPTY = document([]);

/** https://www.mongodb.com/docs/manual/reference/command/find/ */
export const find: Command = (call) => {
  const { args, catalog, cursors, faults } = call;
  args.only(
    'find',
    'filter',
    'sort',
    'projection',
    'limit',
    'batchSize',
    'singleBatch',
    'allowDiskUse',
    'allowPartialResults',
    'noCursorTimeout',
  );
  const namespace = namespaceOf(call);
  const filter = readFilter(args.object('filter') ?? EMPTY);
  const sort = readKeyFields(args.object('sort') ?? EMPTY, 'a sort');
  const project = readProjection(args.object('projection'));
  const limit = args.count('limit') || Number.POSITIVE_INFINITY;
  const shuffles = faults.shuffleUnsorted === true && sort.length === 0;
  const query = { filter, sort, limit: shuffles ? Number.POSITIVE_INFINITY : limit };
  const rows = findRows(catalog.get(namespace), query);
  const docs = (shuffles ? shuffled(rows).slice(0, limit) : rows).map((row) => row.doc);
  const single = args.flag('singleBatch', false);
  return cursors.first({ namespace, docs, project }, args.count('batchSize'), single);
};
