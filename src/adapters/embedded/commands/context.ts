import type { Catalog } from '../catalog/catalog.ts';
import type { Log } from '../disk/log.ts';
import { CommandError } from '../errors.ts';
import type { FaultPlan } from '../faults.ts';
import type { Arguments } from '../wire/arguments.ts';
import type { Reply } from '../wire/message.ts';
import type { Cursors } from './cursors.ts';

/** What commands work on. */
export interface Context {
  readonly catalog: Catalog;
  readonly log: Log;
  readonly cursors: Cursors;
  readonly faults: FaultPlan;
}

/** One command as it was called. */
export interface Call extends Context {
  /** The command's name as it was sent. */
  readonly name: string;
  readonly args: Arguments;
  readonly database: string;
}

/** Answers a call. @throws CommandError */
export type Command = (call: Call) => Reply | Promise<Reply>;

/**
 * The namespace that a call is about: its database and the collection named by `field`.
 * @throws CommandError 14, 73
 */
export function namespaceOf(call: Call, field: string = call.name): string {
  const collection = call.args.text(field);
  if (!/^[^$\0.][^$\0]*$/.test(collection) || collection.startsWith('system.'))
    throw new CommandError(73, `Invalid collection name '${collection}'`);
  return `${call.database}.${collection}`;
}

/** The part of a namespace behind the database. */
export function collectionName(namespace: string): string {
  return namespace.slice(namespace.indexOf('.') + 1);
}
