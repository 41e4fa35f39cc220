import { LONG } from '../bson/types.ts';
import { CommandError } from '../errors.ts';
import { type Command, namespaceOf } from './context.ts';

/** https://www.mongodb.com/docs/manual/reference/command/getMore/ */
export const getMore: Command = (call) => {
  const { args, cursors } = call;
  args.only('getMore', 'collection', 'batchSize');
  // A batch size of 0 means as much as fits, unlike in find.
  const batchSize = args.count('batchSize') || undefined;
  return cursors.next(args.long('getMore'), namespaceOf(call, 'collection'), batchSize);
};

/** https://www.mongodb.com/docs/manual/reference/command/killCursors/ */
export const killCursors: Command = ({ args, cursors }) => {
  args.only('killCursors', 'cursors');
  const answer = { cursorsKilled: [] as bigint[], cursorsNotFound: [] as bigint[] };
  for (const element of args.array('cursors')) {
    if (element.type !== LONG) throw new CommandError(14, 'A cursor is named by a long');
    const id = element.doc.readBigInt64LE(element.at);
    (cursors.kill(id) ? answer.cursorsKilled : answer.cursorsNotFound).push(id);
  }
  return { ...answer, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};
