import { refused } from '../errors.ts';
import { type Filter, readFilter } from '../query/filter.ts';
import { findRows } from '../query/query.ts';
import { Arguments } from '../wire/arguments.ts';
import { type Command, namespaceOf } from './context.ts';
import { doStatements } from './statements.ts';

interface Statement {
  readonly filter: Filter;
  readonly limit: number;
}

/** Removes one match, or all. https://www.mongodb.com/docs/manual/reference/command/delete/ */
export const remove: Command = (call) => {
  const { args, catalog } = call;
  args.only('delete', 'deletes', 'ordered');
  const namespace = namespaceOf(call);
  const statements = args.objects('deletes').map(readStatement);
  let n = 0;
  const removeMatches = ({ filter, limit }: Statement) => {
    const collection = catalog.get(namespace);
    if (!collection) return;
    const rows = findRows(collection, { filter, sort: [], limit });
    for (const row of rows) catalog.remove(collection, row);
    n += rows.length;
  };
  const ordered = args.flag('ordered', true);
  return doStatements(call, statements, ordered, removeMatches, () => ({ n }));
};

function readStatement(doc: Buffer): Statement {
  const args = Arguments.of(doc);
  args.only('a delete', 'q', 'limit');
  const filter = args.object('q');
  const limit = args.count('limit');
  if (!filter || limit === undefined || limit > 1)
    throw refused('A delete without q and limit 0 or 1');
  return { filter: readFilter(filter), limit: limit === 1 ? 1 : Number.POSITIVE_INFINITY };
}
