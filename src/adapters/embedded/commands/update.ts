import { refused } from '../errors.ts';
import { readChange } from '../query/change.ts';
import { readFilter } from '../query/filter.ts';
import { findRows } from '../query/query.ts';
import { Arguments } from '../wire/arguments.ts';
import { type Command, namespaceOf } from './context.ts';
import { doStatements } from './statements.ts';

/** Replaces or sets fields of one document. https://www.mongodb.com/docs/manual/reference/command/update/ */
export const update: Command = (call) => {
  const { args, catalog } = call;
  args.only('update', 'updates', 'ordered', 'bypassDocumentValidation');
  const namespace = namespaceOf(call);
  // All are read before the first is done: a refusal changes nothing.
  const statements = args.objects('updates').map(readStatement);
  let n = 0;
  let nModified = 0;
  const updateOne = ({ filter, change }: ReturnType<typeof readStatement>) => {
    const collection = catalog.get(namespace);
    const row = findRows(collection, { filter, sort: [], limit: 1 })[0];
    if (!collection || !row) return;
    const doc = change(row.doc);
    const changes = !doc.equals(row.doc);
    if (changes) catalog.replace(collection, row, doc);
    n++;
    if (changes) nModified++;
  };
  const ordered = args.flag('ordered', true);
  return doStatements(call, statements, ordered, updateOne, () => ({ n, nModified }));
};

function readStatement(doc: Buffer) {
  const args = Arguments.of(doc);
  args.only('an update', 'q', 'u', 'multi', 'upsert');
  if (args.flag('multi', false)) throw refused('An update of many documents (multi)');
  if (args.flag('upsert', false)) throw refused('An upsert');
  const change = args.object('u');
  const filter = args.object('q');
  if (!change || !filter) throw refused('An update without q and u');
  return { filter: readFilter(filter), change: readChange(change) };
}
