import type { Args, Values } from '../command/args.ts';
import type { Command } from '../command/command.ts';
import { FORM, type RawArgs, WORDS } from '../message/invocation.ts';
import { bold, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { askWhich } from './ask-partner.ts';
import { refuseArchived, resolvePartner } from './resolve-partner.ts';
import { type ResolveContext, resolveValue } from './resolve-value.ts';
import { readWords } from './words.ts';

export type { ResolveContext } from './resolve-value.ts';

/** What a command runs with. */
interface Resolved<S extends Args> {
  values: Values<S>;
  /** The raw args they were read from, with typed words in the args that they were read into. */
  raw: RawArgs;
}

/**
 * Turns raw args into the typed values a command runs with; typed words are read first.
 * @throws UserError naming the arg, where a value cannot be read or a needed one is missing.
 * @throws Question where a partner is ambiguous or unknown; its buttons keep everything that was typed.
 */
export function resolveArgs<S extends Args>(
  command: Command<S>,
  raw: RawArgs,
  context: ResolveContext,
): Resolved<S> {
  const { [WORDS]: words = '', ...named } = raw;
  const { [FORM]: _, ...given } = named;
  const read =
    words.trim() === ''
      ? { args: {} }
      : readWords(command as unknown as Command, words, context, given);
  const args: RawArgs = { ...given, ...read.args };
  const values: Record<string, unknown> = {};
  // Partners come last: a question about one is only worth asking when all else can be read.
  for (const [name, arg] of Object.entries(command.args)) {
    const text = args[name];
    if (text !== undefined && arg.kind !== 'partner')
      values[name] = resolveValue(name, arg, text, context);
  }
  const asking = { command: command as unknown as Command, args, key: context.key };
  if (read.unresolved) {
    const { arg, typed, match } = read.unresolved;
    if (match.kind === 'none') refuseArchived(arg, typed, context.directory);
    throw askWhich(read.unresolved, asking, context);
  }
  for (const [name, arg] of Object.entries(command.args)) {
    const text = args[name];
    if (text !== undefined && arg.kind === 'partner')
      values[name] = resolvePartner(name, arg, text, asking, context);
  }
  for (const [name, arg] of Object.entries(command.args)) {
    if (arg.needed && values[name] === undefined)
      throw missing(name, command as unknown as Command);
  }
  return { values: values as Values<S>, raw: { ...named, ...read.args } };
}

function missing(name: string, command: Command): UserError {
  const arg = command.args[name];
  const [example] = command.examples;
  const what = (arg?.ask ?? arg?.summary ?? name).replace(/(?<![?.!])$/, '.');
  return new UserError(
    rich`I still need one thing: ${bold(what)}${example && rich` Such as: ${example}`}`,
    name,
  );
}
