import { cut } from '../base/cut.ts';
import type { Command } from '../command/command.ts';
import type { RawArgs } from '../message/invocation.ts';
import { rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { mustAsk, partnerAs, partnerAt, type Unresolved } from './partner-in.ts';
import { isDoubleQuote, quotedAt } from './quotes.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type ReadContext, takeValue } from './take-value.ts';

export type { ReadContext } from './take-value.ts';

/** The words of one command: no more are read. */
const MOST_CHARACTERS = 10_000;

export interface ReadWords {
  /** Raw args, all but the unresolved partner and the words after it. */
  args: RawArgs;
  unresolved?: Unresolved;
}

/**
 * Reads typed words into raw args: values given by name (`how:call`, `next:"send the plan"`), flags, and free words,
 * which fill the command's own list. Nothing typed is lost. `known` are args that are given already.
 * @throws UserError where words are too many, name an arg twice or leave it empty, or have no place to go.
 */
export function readWords(
  command: Command,
  words: string,
  context: ReadContext,
  known: RawArgs = {},
): ReadWords {
  if (words.length > MOST_CHARACTERS) {
    throw new UserError(
      rich`That is ${words.length.toLocaleString('en-GB')} characters, and I read up to ${MOST_CHARACTERS.toLocaleString('en-GB')} at once. Could you make it shorter?`,
    );
  }
  const args: Record<string, string> = {};
  const free: string[] = [];
  for (const segment of segmentsOf(command.args, words)) {
    const left = segment.name === undefined ? segment.text : named(segment, command, args, context);
    const unflagged = withoutFlags(left, command, args);
    if (unflagged !== '') free.push(unflagged);
  }
  return fillWords(command, free.join(' '), args, context, known);
}

/** Reads a value given by name. @returns the words it leaves over. */
function named(
  { name = '', text, quoted }: Segment,
  command: Command,
  args: Record<string, string>,
  context: ReadContext,
): string {
  const arg = command.args[name];
  if (!arg) return text;
  const taken = quoted ? { value: text, rest: '' } : takeValue(arg, text, context);
  args[name] = taken.value;
  return taken.rest;
}

/** Sets the flags that stand bare among free words, each once; quotes keep words from being flags. @returns the words without them. */
function withoutFlags(text: string, command: Command, args: Record<string, string>): string {
  const flags = new Map(
    Object.entries(command.args)
      .filter(([, arg]) => arg.kind === 'flag')
      .flatMap(([name, arg]) =>
        [name, ...(arg.aliases ?? [])].map((word) => [word.toLowerCase(), name] as const),
      ),
  );
  if (flags.size === 0) return text;
  return text
    .replace(/["“”„][^"“”„]*["“”„]\S*\s*|\S+\s*/g, (word) => {
      const name = flags.get(word.trim().toLowerCase());
      if (name === undefined || args[name] !== undefined) return word;
      args[name] = 'yes';
      return '';
    })
    .trim();
}

/** Fills the command's list of args from free words, in order. */
export function fillWords(
  command: Command,
  free: string,
  given: RawArgs,
  context: ReadContext,
  known: RawArgs = {},
): ReadWords {
  const args: Record<string, string> = { ...given };
  const names = command.words ?? [];
  let rest = free.trim();
  for (const [index, name] of names.entries()) {
    const arg = command.args[name];
    if (!arg || rest === '' || (args[name] ?? known[name]) !== undefined) continue;
    if (arg.kind === 'partner') {
      const after = names.slice(index + 1).map((next) => command.args[next]?.kind);
      const found = after.length === 0 ? partnerAs(rest, context) : partnerAt(rest, context);
      if ('value' in found) {
        args[name] = found.value;
        rest = found.rest;
      } else if (mustAsk(found, arg, after)) return { args, unresolved: { arg: name, ...found } };
      continue;
    }
    const quoted = quotedAt(rest, 0);
    const isAllQuoted = isDoubleQuote(rest[0]) && quoted?.end === rest.length;
    const taken = takeValue(arg, isAllQuoted ? quoted.inner : rest, context);
    if (taken.readable || (arg.needed && index < names.length - 1)) {
      args[name] = taken.value;
      rest = taken.rest;
    } else if (index === names.length - 1) {
      args[name] = rest;
      rest = '';
    }
  }
  return { args: rest === '' ? args : withRest(command, args, rest, known) };
}

/** Words that are left over join the text that was given by name; where there is none they are sent back. */
function withRest(command: Command, args: RawArgs, rest: string, known: RawArgs): RawArgs {
  const last = command.words?.findLast((name) => command.args[name]?.kind === 'text');
  const present = last === undefined ? undefined : (args[last] ?? known[last]);
  if (last !== undefined && present !== undefined)
    return { ...args, [last]: `${rest}\n${present}` };
  const [example] = command.examples;
  throw new UserError(
    rich`I don't know what to do with "${cut(rest)}" here.${example && rich` This works: ${example}`}`,
  );
}
