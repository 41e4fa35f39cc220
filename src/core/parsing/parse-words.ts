import { idFromReference } from '../base/id.ts';
import { quoteShort } from '../base/text.ts';
import type { Arg } from '../command/args.ts';
import { type Command, lineText } from '../command/command.ts';
import type { PartnerName } from '../domain/directory/directory.ts';
import type { RawArgs } from '../message/invocation.ts';
import { rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';
import { guessName } from '../names/guess-name.ts';
import { likelyItem, type Match, matchStart, matchWhole } from '../names/match.ts';
import { type JointPartners, jointAtStart, jointPartners } from './joint-partners.ts';
import { isDoubleQuote, readQuoted, type Segment, splitSegments, textNames } from './segments.ts';
import { type ParseContext, splitRepeat, splitValue } from './split-value.ts';

/** How long the words of one command may be. */
const MAX_LENGTH = 10_000;

export interface ParsedWords {
  /** Raw args. The unresolved partner and the words after it are not among them. */
  args: RawArgs;
  unresolved?: UnresolvedPartner;
}

/** A partner in free words that only the user can tell. Together with the parsed args it holds every word. */
export interface UnresolvedPartner {
  /** The name of the arg. */
  arg: string;
  /** What is probably the partner's name; empty if nothing looks like one. */
  typed: string;
  /** The words after the name. */
  rest: string;
  /** All of the free words, the name included. */
  words: string;
  match: Exclude<Match<PartnerName>, { kind: 'one' }>;
  /** Set if several partners are named together, where one is needed: all of them. */
  joint?: JointPartners;
}

/**
 * Parses typed words into raw args: values given by name (`how:call`, `next:"send the plan"`), flags, and free words,
 * which fill the args in the order of the command's `words`. No word is lost.
 * @param known args that were given in another way, such as by a button.
 * @throws UserError if there are too many words, an arg is named twice or has no value, or words belong nowhere.
 */
export function parseWords(
  command: Command,
  words: string,
  context: ParseContext,
  known: RawArgs = {},
): ParsedWords {
  if (words.length > MAX_LENGTH) {
    throw new UserError(
      rich`That is ${words.length.toLocaleString('en-GB')} characters, and I read up to ${MAX_LENGTH.toLocaleString('en-GB')} at once. Could you make it shorter?`,
    );
  }
  const args: Record<string, string> = {};
  const free: string[] = [];
  const joined = joinedByColon(command, words, context);
  for (const segment of splitSegments(command.args, joined, textNames(words, known))) {
    const left =
      segment.name === undefined ? segment.text : takeNamed(segment, command, args, context);
    const withoutFlags = takeFlags(left, command, args);
    if (withoutFlags !== '') free.push(withoutFlags);
  }
  const text = takeReadersWord(free.join(' '), command, args, context);
  return assignWords(command, text, args, context, known);
}

/**
 * The words with the name of an arg and a colon instead of a word that joins two partners: `a into b`. A name can have the
 * word in it, so it counts where both sides are partners. Only the arg's own name counts elsewhere.
 */
function joinedByColon(command: Command, words: string, { directory }: ParseContext): string {
  const [name, arg] = Object.entries(command.args).find(([, { joins }]) => joins) ?? [];
  if (!name || !arg?.joins || new RegExp(`(?:^|\\s)${name}:`, 'i').test(words)) return words;
  const isPartner = (text: string) =>
    matchWhole(text.replace(/["“”„]/g, '').trim(), directory.activePartners).kind === 'one';
  const pattern = new RegExp(
    `["“”„][^"“”„]*["“”„]|(?<=\\S\\s)(?:${arg.joins.join('|')})(?=\\s+\\S)`,
    'giu',
  );
  const places = [...words.matchAll(pattern)].flatMap(({ 0: word, index }) => {
    const [before, after] = [words.slice(0, index), words.slice(index + word.length)];
    const isOwn = word.toLowerCase() === name;
    return /["“”„]/.test(word) ? [] : [{ before, after, isOwn }];
  });
  const place =
    places.find(({ before, after }) => isPartner(before) && isPartner(after)) ??
    places.find(({ isOwn }) => isOwn);
  return place ? `${place.before}${name}:${place.after}` : words;
}

/**
 * Reads the first word as the name of the arg for who may read something: `log private oakfield school …`. It stays where
 * it is if a partner's name begins with it.
 * @returns the other words.
 */
function takeReadersWord(
  text: string,
  command: Command,
  args: Record<string, string>,
  context: ParseContext,
): string {
  const [name] = Object.entries(command.args).find(([, { kind }]) => kind === 'readers') ?? [];
  const [word, ...rest] = text.split(/\s+/);
  if (name === undefined || args[name] !== undefined || rest.length === 0) return text;
  if (word?.toLowerCase() !== name) return text;
  if (matchStart(text, context.directory.activePartners).kind === 'one') return text;
  args[name] = 'yes';
  return text.slice(word.length).trim();
}

/** Puts a value given by name into `args`. @returns the words after the value. */
function takeNamed(
  { name = '', text, quoted }: Segment,
  command: Command,
  args: Record<string, string>,
  context: ParseContext,
): string {
  const arg = command.args[name];
  if (!arg) return text;
  if (arg.kind === 'date' && command.args.repeat && args.repeat === undefined) {
    const found = splitRepeat(text, arg.tense, context);
    if (found && (!quoted || found.rest === '')) {
      args.repeat = found.repeat;
      if (found.date !== undefined) args[name] = found.date;
      return found.rest;
    }
  }
  const { value, rest } = quoted ? { value: text, rest: '' } : splitValue(arg, text, context);
  const joint = !quoted && arg.kind === 'partner' && jointAtStart(text, context);
  if (joint) {
    args[name] = text.slice(0, text.length - joint.rest.length).trim();
    return joint.rest;
  }
  args[name] = value;
  return rest;
}

/** Puts the flags among free words into `args`, each once. A word in quotes is not a flag. @returns the other words. */
function takeFlags(text: string, command: Command, args: Record<string, string>): string {
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

/**
 * Assigns free words to the args that the command lists in `words`, in order.
 * @param given args that the result includes.
 * @param known args that were given in another way: they take no words.
 * @throws UserError if words are left that belong nowhere.
 */
export function assignWords(
  command: Command,
  free: string,
  given: RawArgs,
  context: ParseContext,
  known: RawArgs = {},
): ParsedWords {
  const args: Record<string, string> = { ...given };
  const names = command.words ?? [];
  let rest = free.trim();
  for (const [index, name] of names.entries()) {
    const arg = command.args[name];
    if (!arg || rest === '' || (args[name] ?? known[name]) !== undefined) continue;
    const isLast = index === names.length - 1;
    if (arg.kind === 'partner') {
      const following = names.slice(index + 1).map((next) => command.args[next]?.kind);
      const found = isLast ? partnerInAll(rest, context) : partnerAtStart(rest, context);
      const first = { item: firstOf(found, context), rest: found.rest };
      const joint = jointPartners(rest, first, context);
      if (joint) return { args, unresolved: unresolvedJoint(name, rest, joint) };
      if ('value' in found) {
        args[name] = found.value;
        rest = found.rest;
      } else if (mustAsk(found, arg, following)) {
        return { args, unresolved: { arg: name, ...found } };
      }
      continue;
    }
    const quoted = readQuoted(rest, 0);
    const isAllQuoted = isDoubleQuote(rest[0]) && quoted?.end === rest.length;
    const split = splitValue(arg, isAllQuoted ? quoted.inner : rest, context);
    if (split.readable || (arg.needed && !isLast && !startsTitle(command, names[index + 1]))) {
      args[name] = split.value;
      rest = split.rest;
    } else if (isLast) {
      args[name] = rest;
      rest = '';
    }
  }
  return { args: rest === '' ? args : appendToText(command, args, rest, known) };
}

/** Whether words that are no value of an arg can be the title of a follow-up, which the next arg is. */
function startsTitle({ args }: Command, next = ''): boolean {
  return args[next]?.kind === 'followup';
}

/** Adds the words that are left to the command's text arg. @throws UserError if that arg has no value. */
function appendToText(command: Command, args: RawArgs, rest: string, known: RawArgs): RawArgs {
  const last = command.words?.findLast((name) =>
    /^(?:text|followup)$/.test(command.args[name]?.kind ?? ''),
  );
  const present = last === undefined ? undefined : (args[last] ?? known[last]);
  if (last !== undefined && present !== undefined)
    return { ...args, [last]: `${rest}\n${present}` };
  const [example] = command.examples;
  throw new UserError(
    rich`I don't know what to do with "${quoteShort(rest)}" here.${example && rich` This works: ${lineText(example, command)}`}`,
  );
}

/** A partner as a raw value, and the words after it; or what the question about it needs. */
type FoundPartner = { value: string; rest: string } | Omit<UnresolvedPartner, 'arg'>;

/** The partner that was found, surely or probably. */
function firstOf(found: FoundPartner, { directory }: ParseContext): PartnerName | undefined {
  return 'value' in found
    ? directory.partner(idFromReference(found.value))
    : likelyItem(found.match);
}

/** What the question needs about partners that were named together. @param words all of the free words */
export function unresolvedJoint(
  arg: string,
  words: string,
  joint: JointPartners,
): UnresolvedPartner {
  const { items, rest } = joint;
  const typed = items.map(({ name }) => name).join(', ');
  const match = { kind: 'several' as const, items, rest, typed };
  return { arg, typed, rest, words, match, joint };
}

/** Whether to ask about a partner. If an optional partner resembles no name, the words belong to the text after it. */
function mustAsk(
  { match }: Omit<UnresolvedPartner, 'arg'>,
  arg: Arg,
  following: readonly (string | undefined)[],
): boolean {
  const hasNoMatch = match.kind === 'none' && match.near.length === 0;
  return arg.needed === true || !hasNoMatch || !following.includes('text');
}

/** The partner that a text starts with, by a name with or without quotes. */
function partnerAtStart(text: string, context: ParseContext): FoundPartner {
  const quoted = isDoubleQuote(text[0]) ? readQuoted(text, 0) : undefined;
  if (quoted && quoted.inner.trim() !== '') {
    return { value: quoted.inner.trim(), rest: text.slice(quoted.end).trim() };
  }
  const match = matchStart(text, context.directory.activePartners);
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest };
  const leadingWith = /^(?:with\s+)+(?=\S)/i.exec(text);
  if (match.kind === 'none' && leadingWith) {
    return partnerAtStart(text.slice(leadingWith[0].length), context);
  }
  if (match.kind === 'several') return { typed: match.typed, rest: match.rest, words: text, match };
  const guess = guessName(text);
  return { typed: guess?.name ?? '', rest: guess?.rest ?? text, words: text, match };
}

/** The partner of an arg that no other follows: all of the text is its name. */
function partnerInAll(text: string, context: ParseContext): FoundPartner {
  const found = partnerAtStart(text, context);
  if (found.rest === '' && ('value' in found || found.match.kind === 'several')) return found;
  const match = matchStart(text, context.directory.activePartners);
  const near =
    match.kind === 'none' ? match.near : match.kind === 'one' ? [match.item] : match.items;
  return { typed: text, rest: '', words: '', match: { kind: 'none', near: near.slice(0, 3) } };
}
