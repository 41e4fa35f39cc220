import type { Arg } from '../args.ts';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import type { RawArgs } from '../invocation.ts';
import type { PartnerName } from '../names/directory.ts';
import { guessName } from '../names/guess-name.ts';
import { type Match, matchStart } from '../names/match.ts';
import { partnersOf } from '../names/names-in.ts';
import { rich } from '../rich-text.ts';
import { cut } from './cut.ts';
import { isDoubleQuote, quotedAt } from './quotes.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type ReadContext, takeValue } from './take-value.ts';

export type { ReadContext } from './take-value.ts';

/** The words of one command: no more are read. */
const MOST_CHARACTERS = 10_000;

/** A partner named in free words, whom nobody can tell without asking. Together with the args it keeps every word. */
export interface Unresolved {
  arg: string;
  /** What is probably the name; empty where nothing says. */
  typed: string;
  /** The words after it. */
  rest: string;
  /** All of the free words, the name included. */
  words: string;
  match: Exclude<Match<PartnerName>, { kind: 'one' }>;
}

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

type Found = { value: string; rest: string } | Omit<Unresolved, 'arg'>;

/** An optional partner that nothing points to is not there: the words are for the text after it. */
function mustAsk(
  { match }: Omit<Unresolved, 'arg'>,
  arg: Arg,
  after: readonly (string | undefined)[],
): boolean {
  const isNowhere = match.kind === 'none' && match.near.length === 0;
  return arg.needed === true || !isNowhere || !after.includes('text');
}

/** The partner a text starts with: by reference, or by a name in quotes; else what is known of it. */
function partnerAt(text: string, { directory }: Pick<ReadContext, 'directory'>): Found {
  const quoted = isDoubleQuote(text[0]) ? quotedAt(text, 0) : undefined;
  if (quoted && quoted.inner.trim() !== '') {
    return { value: quoted.inner.trim(), rest: text.slice(quoted.end).trim() };
  }
  const match = matchStart(text, partnersOf(directory));
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest };
  const said = /^(?:with\s+)+(?=\S)/i.exec(text);
  if (match.kind === 'none' && said) return partnerAt(text.slice(said[0].length), { directory });
  if (match.kind === 'several') return { typed: match.typed, rest: match.rest, words: text, match };
  const guess = guessName(text);
  return { typed: guess?.name ?? '', rest: guess?.rest ?? text, words: text, match };
}

/** The same where no other words have a place: then all of the text is meant as the name. */
function partnerAs(text: string, context: ReadContext): Found {
  const found = partnerAt(text, context);
  if (found.rest === '' && ('value' in found || found.match.kind === 'several')) return found;
  const start = matchStart(text, partnersOf(context.directory));
  const near =
    start.kind === 'none' ? start.near : start.kind === 'one' ? [start.item] : start.items;
  return { typed: text, rest: '', words: '', match: { kind: 'none', near: near.slice(0, 3) } };
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
