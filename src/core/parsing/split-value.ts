import { trimEnd } from '../base/text.ts';
import type { Arg } from '../command/args.ts';
import { readDuration } from '../dates/duration.ts';
import { continuesDate, countDateWords, readWhen } from '../dates/read-date.ts';
import { readTime } from '../dates/time-of-day.ts';
import { readZone } from '../dates/zone-name.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { guessName } from '../names/guess-name.ts';
import { matchStart } from '../names/match.ts';
import { readChoice, readChoices } from './read-choices.ts';

/** What is known when words are parsed. */
export interface ParseContext {
  directory: Directory;
  now: Date;
  /** The zone of the person who typed the words: an IANA name. */
  zone: string;
}

/** Words split into the value of an arg and the rest. */
export interface SplitValue {
  value: string;
  rest: string;
  /** False if the value cannot be read: it is then the part to quote in the error. */
  readable: boolean;
}

/** Splits off the longest start of the words that the arg can read. A text takes all words. */
export function splitValue(arg: Arg, words: string, context: ParseContext): SplitValue {
  const text = words.trim();
  if (arg.clearable) {
    const none = longestStart(text, 1, (start) => /^none[.,;]?$/i.test(start));
    if (none) return { ...none, value: 'none' };
  }
  switch (arg.kind) {
    case 'text':
    case 'file':
      return { value: text, rest: '', readable: true };
    case 'partner':
      return splitPartner(text, context.directory);
    case 'member':
      return splitMember(text, context.directory);
    case 'readers':
      return splitReaders(text, context.directory);
    case 'date':
      return splitDate(
        text,
        (start) => readWhen(start, { ...context, tense: arg.tense }) !== undefined,
      );
    default:
      return longestStart(text, MAX_WORDS[arg.kind], canReadFor(arg)) ?? unreadable(text);
  }
}

/** How many words a value of each kind may have. */
const MAX_WORDS = {
  choice: 4,
  choices: 20,
  number: 1,
  time: 4,
  duration: 6,
  zone: 3,
  channel: 1,
  role: 1,
  flag: 1,
};
const MAX_DATE_WORDS = 8;

function canReadFor(arg: Arg): (text: string) => boolean {
  switch (arg.kind) {
    case 'choice':
      return (text) => readChoice(text, arg.choices) !== undefined;
    case 'choices':
      return (text) => readChoices(text, arg.choices) !== undefined;
    case 'number':
      return (text) => /^-?\d+$/.test(text);
    case 'time':
      return (text) => readTime(text) !== undefined;
    case 'duration':
      return (text) => readDuration(text) !== undefined;
    case 'zone':
      return (text) => readZone(text) !== undefined;
    case 'channel':
      return isChannel;
    case 'role':
      return (text) => mentionedRole(text) !== undefined || isChannel(text);
    default:
      return (text) => readFlag(text) !== undefined;
  }
}

/** A channel as platforms write it in text, or this one. */
const isChannel = (text: string): boolean => /^(<#[^<>\s]+>|here)$/i.test(text);
/** A person as platforms write them in text: `<@U123>`. */
const isMention = (text: string): boolean => /^<@!?[^&<>\s]+>[.,;:]?$/.test(text);
/** The platform's id of the role that a text mentions (`<@&123>`); undefined for anything else. */
export const mentionedRole = (text: string): string | undefined =>
  /^<@&([^<>|\s]+)>$/.exec(text)?.[1];

/** Reads yes or no. */
export function readFlag(text: string): boolean | undefined {
  if (/^(yes|y|true|on)$/i.test(text)) return true;
  return /^(no|n|false|off)$/i.test(text) ? false : undefined;
}

/** Splits off the longest start that can be read. */
function longestStart(
  text: string,
  maxWords: number,
  canRead: (start: string) => boolean,
): SplitValue | undefined {
  for (const end of wordEnds(text, maxWords).reverse()) {
    const value = trimEnd(text.slice(0, end), ',;');
    if (canRead(value)) return { value, rest: text.slice(end).trim(), readable: true };
  }
  return undefined;
}

/** Where each of the first words ends. */
function wordEnds(text: string, maxWords: number): number[] {
  const ends: number[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (ends.length === maxWords) break;
    ends.push(index + word.length);
  }
  return ends;
}

function unreadable(text: string): SplitValue {
  const end = wordEnds(text, 1)[0] ?? 0;
  return { value: text.slice(0, end), rest: text.slice(end).trim(), readable: false };
}

/** "friday 25:00" must not be read as Friday: if the words after a date belong to it, none of it is readable. */
function splitDate(text: string, canRead: (start: string) => boolean): SplitValue {
  const split = longestStart(text, MAX_DATE_WORDS, canRead);
  if (split && !continuesDate(split.rest)) return split;
  const ends = wordEnds(text, MAX_DATE_WORDS + 2);
  const words = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
  const end = ends[Math.max(countDateWords(words), 1) - 1] ?? text.length;
  return { value: text.slice(0, end), rest: text.slice(end).trim(), readable: false };
}

function splitPartner(text: string, directory: Directory): SplitValue {
  const match = matchStart(text, directory.activePartners);
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest, readable: true };
  if (match.kind === 'several') return { value: match.typed, rest: match.rest, readable: true };
  const guess = guessName(text);
  return guess
    ? { value: guess.name, rest: guess.rest, readable: true }
    : { value: text, rest: '', readable: false };
}

function splitMember(text: string, directory: Directory): SplitValue {
  const mentioned = longestStart(
    text,
    1,
    (start) => isMention(start) || /^(me|nobody)$/i.test(start),
  );
  if (mentioned) return mentioned;
  const match = matchStart(text.replace(/^@\s*/, ''), directory.activeMembers, 'people');
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest, readable: true };
  if (match.kind === 'several') return { value: match.typed, rest: match.rest, readable: true };
  return unreadable(text);
}

/**
 * Splits off who may read something: yes or no, people with an @ or as mentions, or a text that is nothing but names.
 * All other words belong to the note: then it is private for those who may read it anyway.
 */
function splitReaders(text: string, directory: Directory): SplitValue {
  const flag = longestStart(text, 1, (start) => readFlag(start) !== undefined);
  if (flag) return flag;
  const isWhole = splitNames(text, directory, () => true);
  const names = isWhole.rest === '' ? isWhole : splitNames(text, directory, hasAt);
  if (names.found.length === 0) return { value: 'yes', rest: text, readable: true };
  return { value: names.found.join(', '), rest: names.rest, readable: true };
}

/** Whether a text starts with a person as people mark them: `@Grace`, `<@U1>` or `#id`. */
const hasAt = (text: string): boolean => /^(?:@|<@|#)\S/.test(text);

/** The people that a text starts with, with commas or "and" between them. */
function splitNames(
  text: string,
  directory: Directory,
  mayStart: (rest: string) => boolean,
): { found: string[]; rest: string } {
  const found: string[] = [];
  let rest = text;
  for (;;) {
    const next = rest.replace(/^(?:[,;&]\s*|and\s+)+/i, '');
    if (next === '' || !mayStart(next)) return { found, rest: found.length > 0 ? next : text };
    const person =
      longestStart(next, 1, (start) => /^#\S+$/.test(start)) ?? splitMember(next, directory);
    // A marked person who is not known is kept, so that the error names them.
    if (!person.readable && !hasAt(next)) return { found, rest: next };
    found.push(trimEnd(person.value, '.,;:'));
    rest = person.rest;
  }
}
