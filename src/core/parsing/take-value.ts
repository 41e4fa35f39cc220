import { trimEnd } from '../base/trim-end.ts';
import type { Arg } from '../command/args.ts';
import { continuesDate, dateRun } from '../dates/date-words.ts';
import { readDuration } from '../dates/duration.ts';
import { readTime, readWhen } from '../dates/when.ts';
import { zoneIn } from '../dates/zone-name.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { partnersOf, peopleOf } from '../domain/directory/names-in.ts';
import { guessName } from '../names/guess-name.ts';
import { matchStart } from '../names/match.ts';
import { choiceIn, choicesIn } from './choices.ts';

/** What words are read with. */
export interface ReadContext {
  directory: Directory;
  now: Date;
  /** The speaker's, an IANA name. */
  zone: string;
}

/** The start of some words that belongs to an arg, and what is left over. */
export interface Taken {
  value: string;
  rest: string;
  /** False: nothing at the start can be read; `value` is what was probably meant, for the message that says so. */
  readable: boolean;
}

/** Takes the longest start of the words that the arg can read. Texts take all. */
export function takeValue(arg: Arg, words: string, context: ReadContext): Taken {
  const text = words.trim();
  if (arg.clearable) {
    const none = longest(text, 1, (start) => /^none[.,;]?$/i.test(start));
    if (none) return { ...none, value: 'none' };
  }
  switch (arg.kind) {
    case 'text':
    case 'file':
      return { value: text, rest: '', readable: true };
    case 'partner':
      return takePartner(text, context.directory);
    case 'member':
      return takeMember(text, context.directory);
    case 'date':
      return takeDate(
        text,
        (start) => readWhen(start, { ...context, tense: arg.tense }) !== undefined,
      );
    default:
      return longest(text, MOST[arg.kind], readerOf(arg)) ?? first(text);
  }
}

/** How many words a value may have. */
const MOST = {
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
const MOST_OF_DATE = 8;

function readerOf(arg: Arg): (text: string) => boolean {
  switch (arg.kind) {
    case 'choice':
      return (text) => choiceIn(text, arg.choices) !== undefined;
    case 'choices':
      return (text) => choicesIn(text, arg.choices) !== undefined;
    case 'number':
      return (text) => /^-?\d+$/.test(text);
    case 'time':
      return (text) => readTime(text) !== undefined;
    case 'duration':
      return (text) => readDuration(text) !== undefined;
    case 'zone':
      return (text) => zoneIn(text) !== undefined;
    case 'channel':
      return isChannel;
    case 'role':
      return (text) => roleIn(text) !== undefined;
    default:
      return (text) => flagIn(text) !== undefined;
  }
}

/** A channel as platforms write it in text, or this one. */
const isChannel = (text: string): boolean => /^(<#[^<>\s]+>|here)$/i.test(text);
/** A person as platforms write them in text: `<@U123>`. */
const isMention = (text: string): boolean => /^<@!?[^&<>\s]+>[.,;:]?$/.test(text);
/** The platform's id of the role that a text mentions: `<@&123>`. @returns undefined for anything else. */
export const roleIn = (text: string): string | undefined => /^<@&([^<>|\s]+)>$/.exec(text)?.[1];

/** Yes or no. */
export function flagIn(text: string): boolean | undefined {
  if (/^(yes|y|true|on)$/i.test(text)) return true;
  return /^(no|n|false|off)$/i.test(text) ? false : undefined;
}

/** The longest start, of at most so many words, that can be read. */
function longest(text: string, most: number, reads: (start: string) => boolean): Taken | undefined {
  for (const end of wordEnds(text, most).reverse()) {
    const value = trimEnd(text.slice(0, end), ',;');
    if (reads(value)) return { value, rest: text.slice(end).trim(), readable: true };
  }
  return undefined;
}

/** Where each of the first words ends. */
function wordEnds(text: string, most: number): number[] {
  const ends: number[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (ends.length === most) break;
    ends.push(index + word.length);
  }
  return ends;
}

function first(text: string): Taken {
  const end = wordEnds(text, 1)[0] ?? 0;
  return { value: text.slice(0, end), rest: text.slice(end).trim(), readable: false };
}

/** "friday 25:00" must not be read as Friday: what goes on like a date belongs to it, and then none of it is read. */
function takeDate(text: string, reads: (start: string) => boolean): Taken {
  const taken = longest(text, MOST_OF_DATE, reads);
  if (taken && !continuesDate(taken.rest)) return taken;
  const ends = wordEnds(text, MOST_OF_DATE + 2);
  const words = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
  const end = ends[Math.max(dateRun(words), 1) - 1] ?? text.length;
  return { value: text.slice(0, end), rest: text.slice(end).trim(), readable: false };
}

function takePartner(text: string, directory: Directory): Taken {
  const match = matchStart(text, partnersOf(directory));
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest, readable: true };
  if (match.kind === 'several') return { value: match.typed, rest: match.rest, readable: true };
  const guess = guessName(text);
  return guess
    ? { value: guess.name, rest: guess.rest, readable: true }
    : { value: text, rest: '', readable: false };
}

function takeMember(text: string, directory: Directory): Taken {
  const token = longest(text, 1, (start) => isMention(start) || /^(me|nobody)$/i.test(start));
  if (token) return token;
  const match = matchStart(text.replace(/^@\s*/, ''), peopleOf(directory), 'people');
  if (match.kind === 'one') return { value: `#${match.item.id}`, rest: match.rest, readable: true };
  if (match.kind === 'several') return { value: match.typed, rest: match.rest, readable: true };
  return first(text);
}
