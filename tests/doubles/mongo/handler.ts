import type { Document } from 'bson';
import { notSupported } from './command-error.ts';
import type { Row, Rows } from './rows.ts';

/** Results that a client fetches in batches. */
export interface Cursor {
  namespace: string;
  rows: Iterator<Pick<Row, 'document' | 'bytes'>>;
}

/** What all commands work with. */
export interface CommandContext {
  rows: Rows;
  cursors: Map<number, Cursor>;
  /** Whether results that nothing sorts come in a random order. */
  shufflesUnsorted: boolean;
}

/** Runs a command. @throws CommandError */
export type Handler = (args: Document, context: CommandContext) => Document;

/** Options that every command may have, and that make no difference on a standalone server. */
const ALWAYS_ALLOWED = [
  '$db',
  '$readPreference',
  'lsid',
  'writeConcern',
  'readConcern',
  'comment',
  'maxTimeMS',
];

/** The collection that a command names in one of its fields, as `database.collection`. */
export function namespaceOf(args: Document, field: string): string {
  return `${args.$db}.${args[field]}`;
}

/** Refuses every other option of a command. @throws CommandError */
export function allowOnly(args: Document, command: string, options: readonly string[]): void {
  const known = [command, ...options, ...ALWAYS_ALLOWED];
  const unknown = Object.keys(args).find((name) => !known.includes(name));
  if (unknown !== undefined) throw notSupported(`the option ${unknown} of ${command}`);
}

/**
 * Refuses the options of a statement or an index.
 * @param known options that may be there if they are false.
 */
export function refuseSet(options: Document, known: readonly string[], where: string): void {
  const asks = ([name, value]: [string, unknown]) => !known.includes(name) || value === true;
  const refused = Object.entries(options).find(asks);
  if (refused) throw notSupported(`the option ${refused[0]} of ${where}`);
}
