import { trimEnd } from '../base/text.ts';
import type { Arg } from '../command/args.ts';
import { continuesDate, countDateWords } from '../dates/date-words.ts';
import { readDuration } from '../dates/duration.ts';
import { readDate } from '../dates/read-date.ts';
import { interpretRepeat } from '../dates/read-repeat.ts';
import type { Tense } from '../dates/reading.ts';
import { readTime } from '../dates/time-of-day.ts';
import type { WorkingWeek } from '../dates/working-days.ts';
import { readZone } from '../dates/zone-name.ts';
import type { Directory, PersonName } from '../domain/directory/directory.ts';
import { peopleSeenBy } from '../domain/directory/people-seen.ts';
import type { Member } from '../domain/members/member.ts';
import { guessName } from '../names/guess-name.ts';
import { matchStart } from '../names/match.ts';
import { readChoice, readChoices } from './read-choices.ts';

/** What is known when words are parsed. */
export interface ParseContext {
  directory: Directory;
  now: Date;
  /** The zone of the person who typed the words: an IANA name. */
  zone: string;
  /** Says what a working day is. Monday to Friday in England and Wales, if it is not given. */
  partnership?: WorkingWeek;
  /** Who typed the words. People at partners are found only for a member, since some may be hidden from them. */
  member?: Member;
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
    case 'followup':
      return { value: text, rest: '', readable: true };
    case 'partner':
      return splitPartner(text, context.directory);
    case 'member':
      return splitMembers(text, context.directory);
    case 'person':
      return splitPerson(text, context);
    case 'readers':
      return splitReaders(text, context.directory);
    case 'date':
      return splitDate(text, arg.tense, context);
    case 'duration':
      return splitDuration(text);
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
  zone: 3,
  channel: 1,
  role: 1,
  flag: 1,
};
const MAX_DATE_WORDS = 12;
const MAX_DURATION_WORDS = 6;
const MAX_REPEAT_WORDS = 12;

function canReadFor(arg: Arg): (text: string) => boolean {
  switch (arg.kind) {
    case 'choice':
      return (text) => readChoice(text, arg.choices, arg.synonyms) !== undefined;
    case 'choices':
      return (text) => readChoices(text, arg.choices) !== undefined;
    case 'number':
      return (text) => /^-?\d+$/.test(text);
    case 'time':
      return (text) => readTime(text) !== undefined;
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

/**
 * "friday 25:00" must not be read as Friday: if the words after a date belong to it, none of it is readable. A date that
 * has to be chosen from several, or does not exist, counts as readable: the answer says so.
 */
function splitDate(text: string, tense: Tense, context: ParseContext): SplitValue {
  const whenContext = { ...context, tense, week: context.partnership };
  const isDate = (start: string) => {
    const reading = readDate(start, whenContext);
    // The number in "friday 3 boxes" does not belong to the day.
    const isCount = reading?.kind === 'choice' && /\s\d{1,2}$/.test(start) && start !== text;
    return reading !== undefined && !isCount;
  };
  const split = longestStart(text, MAX_DATE_WORDS, isDate);
  if (split && !continuesDate(split.rest)) return split;
  const ends = wordEnds(text, MAX_DATE_WORDS + 2);
  const words = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
  const read = split ? wordEnds(split.value, MAX_DATE_WORDS).length + 2 : 1;
  const end = ends[Math.max(countDateWords(words), read) - 1] ?? text.length;
  return { value: text.slice(0, end), rest: text.slice(end).trim(), readable: false };
}

/** Words after a length of time that say more about it: "or so", "in term time", "except august". */
const MORE_ABOUT_LENGTH =
  /^(?:or|in|on|at|and|except|unless|during|if|but|while|when|until|till|from|starting|after|before|outside|not)\b/i;

function splitDuration(text: string): SplitValue {
  const split = longestStart(
    text,
    MAX_DURATION_WORDS,
    (start) => readDuration(start) !== undefined,
  );
  if (split && MORE_ABOUT_LENGTH.test(split.rest))
    return { value: text, rest: '', readable: false };
  return split ?? unreadable(text);
}

/**
 * Splits off a date and how often it repeats: `friday weekly`, `monday each week`, `every monday`.
 * @returns undefined if the words do not say how often.
 */
export function splitRepeat(
  text: string,
  tense: Tense,
  context: ParseContext,
): { date: string | undefined; repeat: string; rest: string } | undefined {
  const isRepeat = (start: string) => interpretRepeat(start) !== undefined;
  const isDate = (start: string) => readDate(start, { ...context, tense }) !== undefined;
  const whole = longestStart(text, MAX_REPEAT_WORDS, isRepeat);
  if (/^(?:every|each|\S+ly\b)/i.test(text))
    return whole && { date: undefined, repeat: whole.value, rest: whole.rest };
  const date = longestStart(text, MAX_DATE_WORDS, isDate);
  if (!date || !/^(?:every|each|\S+ly\b)/i.test(date.rest)) return undefined;
  const repeat = longestStart(date.rest, MAX_REPEAT_WORDS, isRepeat);
  return repeat && { date: date.value, repeat: repeat.value, rest: repeat.rest };
}

function splitPartner(text: string, directory: Directory): SplitValue {
  const match = matchStart(text, directory.activePartners);
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest, readable: true };
  const guess = guessName(text);
  const isLonger = match.kind === 'none' || (guess && guess.name.length > match.typed.length);
  if (isLonger)
    return guess
      ? { value: guess.name, rest: guess.rest, readable: true }
      : { value: text, rest: '', readable: false };
  return { value: match.typed, rest: match.rest, readable: true };
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

/** The people at partners that somebody can name. */
export function peopleFor({
  member,
  directory,
}: Pick<ParseContext, 'member' | 'directory'>): readonly PersonName[] {
  return member ? peopleSeenBy(member, directory) : [];
}

/** Splits off a person at the start of a text, with the partner after "at" or "from" if they are there. */
function splitPerson(text: string, context: ParseContext): SplitValue {
  const match = matchStart(text, peopleFor(context), 'people');
  if (match.kind === 'none') return { value: text, rest: '', readable: true };
  const typed = text.slice(0, text.length - match.rest.length).trim();
  const after = /^(?:[,·]|(?:at|from|of|with)\b)\s*(\S.*)$/i.exec(match.rest)?.[1];
  const partner = after && matchStart(after, context.directory.activePartners);
  if (!partner || partner.kind === 'none')
    return { value: typed, rest: match.rest, readable: true };
  const value = text.slice(0, text.length - partner.rest.length).trim();
  return { value, rest: partner.rest, readable: true };
}

/** Splits off one member, or all who are named together: "Tom and Grace". The answer then asks which one. */
function splitMembers(text: string, directory: Directory): SplitValue {
  const one = splitMember(text, directory);
  const isList = /[,;]\s*$/.test(text.slice(0, text.length - one.rest.length)) && one.rest !== '';
  if (!one.readable || !(isList || /^(?:[,;&+]|and\s)/i.test(one.rest))) return one;
  const { found, rest } = splitNames(text, directory, () => true);
  return found.length > 1 ? { value: found.join(', '), rest, readable: true } : one;
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
