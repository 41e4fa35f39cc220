import type { Arg } from '../command/args.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { partnersOf, peopleOf } from '../domain/directory/names-in.ts';
import type { Named } from '../names/match.ts';
import { keyTokens, nameKey } from '../names/name-key.ts';
import { inQuotes } from './quotes.ts';

/** A value as it would be typed, and as it is shown. */
export interface ValueCompletion {
  value: string;
  label: string;
}

const MOST = 8;
const DATES = {
  future: ['today', 'tomorrow', 'friday', 'next week', 'in 2 weeks', 'end of the month'],
  past: ['today', 'yesterday', 'last week', '3 days ago'],
};
const DURATIONS = ['1 week', '2 weeks', '4 weeks', '6 weeks', '3 months', '6 months', '1 year'];
const TIMES = ['9am', 'noon', '5pm'];

/** The values an arg could have that start as typed, best first. */
export function valuesStarting(arg: Arg, typed: string, directory: Directory): ValueCompletion[] {
  switch (arg.kind) {
    case 'partner':
      return namesStarting(typed, partnersOf(directory), MOST).map(byName);
    case 'member': {
      const people = namesStarting(typed.replace(/^@/, ''), peopleOf(directory), MOST).map(byName);
      return 'me'.startsWith(typed.toLowerCase())
        ? [{ value: 'me', label: 'me' }, ...people]
        : people;
    }
    default:
      return wordsOf(arg)
        .filter((word) => word.startsWith(typed.toLowerCase()))
        .map((word) => ({ value: word, label: word }));
  }
}

function wordsOf(arg: Arg): readonly string[] {
  const none = arg.clearable ? ['none'] : [];
  switch (arg.kind) {
    case 'choice':
    case 'choices':
      return [...arg.choices, ...none];
    case 'flag':
      return ['yes', 'no'];
    case 'date':
      return [...DATES[arg.tense], ...none];
    case 'duration':
      return [...DURATIONS, ...none];
    case 'time':
      return [...TIMES, ...none];
    case 'channel':
      return ['here', ...none];
    default:
      return none;
  }
}

/** In quotes where the words would not be sure to be taken as one name. */
const byName = ({ name }: Named): ValueCompletion => ({
  value: /\s/.test(name) ? inQuotes(name) : name,
  label: name,
});

/** The names that start as typed, then those in which each typed word starts a word. */
export function namesStarting<T extends Named>(
  typed: string,
  named: readonly T[],
  most: number,
): T[] {
  const key = nameKey(typed);
  const wanted = keyTokens(typed);
  const first: T[] = [];
  const then: T[] = [];
  for (const item of named) {
    const keys = keysOf(item);
    if (keys.some((own) => own.startsWith(key))) first.push(item);
    else if (keys.some((own) => startsWords(own.split(' '), wanted))) then.push(item);
    if (first.length >= most) break;
  }
  return [...first, ...then].slice(0, most);
}

const keys = new WeakMap<Named, readonly string[]>();

function keysOf(item: Named): readonly string[] {
  const known = keys.get(item);
  if (known) return known;
  const made = [item.name, ...item.aliases].map(nameKey);
  keys.set(item, made);
  return made;
}

/** Whether each wanted word starts a word of the name, in that order. */
function startsWords(name: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const start of wanted) {
    at = name.findIndex((word, place) => place >= at && word.startsWith(start)) + 1;
    if (at === 0) return false;
  }
  return wanted.length > 0;
}
