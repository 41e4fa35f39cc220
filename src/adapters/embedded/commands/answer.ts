import type { Document } from 'bson';
import { numberOf } from '../bson/number.ts';
import { CommandError, refused } from '../errors.ts';
import { takeFault } from '../faults.ts';
import { Arguments } from '../wire/arguments.ts';
import type { Reply, Request } from '../wire/message.ts';
import { create, drop, dropDatabase, listCollections } from './collections.ts';
import type { Command, Context } from './context.ts';
import { aggregate } from './count.ts';
import { remove } from './delete.ts';
import { find } from './find.ts';
import { getMore, killCursors } from './get-more.ts';
import { buildInfo, endSessions, hello, ping } from './hello.ts';
import { createIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import { update } from './update.ts';

/** All commands that are answered. */
const commands = new Map<string, Command>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['endSessions', endSessions],
  ['insert', insert],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['update', update],
  ['delete', remove],
  ['aggregate', aggregate],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['listCollections', listCollections],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
]);

/** Answers a request; whatever goes wrong is an answer with `ok: 0`. */
export async function answer(context: Context, request: Request): Promise<Reply> {
  try {
    return await perform(context, request);
  } catch (error) {
    if (error instanceof CommandError) return error.toReply();
    const why = error instanceof Error ? error.message : String(error);
    return new CommandError(1, `The embedded store has a fault: ${why}`).toReply();
  }
}

function perform(context: Context, { fields, lists, kind }: Request): Reply | Promise<Reply> {
  const name = fields[0]?.name ?? '';
  const command = commands.get(name);
  if (!command) throw new CommandError(59, `no such command: '${name}'`);
  const args = new Arguments(fields, lists);
  const database = kind === 'query' ? 'admin' : args.text('$db');
  if (!/^[^/\\. "$\0]{1,63}$/.test(database))
    throw new CommandError(73, `Invalid database name '${database}'`);
  refuseReplicaSets(args);
  const fault = takeFault(context.faults, name);
  if (fault) return planned(fault, name);
  return command({ ...context, name, args, database });
}

/** What only a replica set can give: transactions, and writes that others acknowledge too. */
function refuseReplicaSets(args: Arguments): void {
  if (args.has('startTransaction') || args.has('autocommit'))
    throw new CommandError(263, 'Transactions are refused: the embedded store is a standalone.');
  const concern = args.object('writeConcern');
  const w = concern && Arguments.of(concern).element('w');
  if (w && (numberOf(w) ?? 1) > 1) throw refused('A write concern above 1');
}

/** A duplicate key is an error of one statement, as a real one would be. */
function planned(fault: CommandError, name: string): Document {
  if (fault.code !== 11000 || (name !== 'insert' && name !== 'update')) return fault.toReply();
  return { n: 0, writeErrors: [fault.toWriteError(0)], ok: 1 };
}
