import { capitalize } from '../base/text.ts';
import { type Arg, choiceLabel } from '../command/args.ts';
import type { Command, SuggestDeps } from '../command/command.ts';
import { dayOf } from '../dates/day.ts';
import { durationText, readDuration } from '../dates/duration.ts';
import { readDate } from '../dates/read-date.ts';
import { readTime, timeText } from '../dates/time-of-day.ts';
import { typedWhen, type When, whenText } from '../dates/when.ts';
import { completeZone } from '../dates/zone-name.ts';
import { memberLabels } from '../domain/members/member.ts';
import { completeNames } from '../names/search.ts';
import type { Choice } from '../ports/platform.ts';
import { suggestFollowups } from './pick-followup.ts';
import { readChoices } from './read-choices.ts';
import { completePeople } from './resolve-person.ts';
import { inQuotes } from './segments.ts';
import type { ParseContext } from './split-value.ts';

const MAX_NAMES = 8;
const DATES = {
  future: ['today', 'tomorrow', 'friday', 'next week', 'in 2 weeks', 'end of the month'],
  past: ['today', 'yesterday', 'last week', '3 days ago'],
};
const DURATIONS = ['1 week', '2 weeks', '4 weeks', '6 weeks', '3 months', '6 months', '1 year'];
const TIMES = ['9am', 'noon', '5pm'];

/** A value, and what it means where that is not plain: `Fri 4 Dec` for "friday". */
interface Suggestion extends Choice {
  meaning?: string;
}

/** The values of an arg that start with what was typed, best first, as they would be typed in a line. */
export function completeValue(arg: Arg, typed: string, context: ParseContext): Suggestion[] {
  const { directory } = context;
  switch (arg.kind) {
    case 'partner':
      return completeNames(typed, directory.activePartners, MAX_NAMES).map(asTypedName);
    case 'member': {
      const name = typed.replace(/^@/, '');
      const people = completeNames(name, directory.activeMembers, MAX_NAMES).map(asTypedName);
      return 'me'.startsWith(typed.toLowerCase())
        ? [{ value: 'me', label: 'me' }, ...people]
        : people;
    }
    case 'person':
      return completePeople(typed, MAX_NAMES, context).map(({ label }) => ({
        value: inQuotes(label),
        label,
      }));
    case 'zone':
      return completeZone(typed, MAX_NAMES).map((zone) => ({ value: zone, label: zone }));
    default: {
      const words = suggestedWords(arg).filter((word) => word.startsWith(typed.toLowerCase()));
      return words.map((word) => {
        const meaning = meaningOf(arg, word, context);
        return { value: word, label: word, ...(meaning && { meaning }) };
      });
    }
  }
}

/**
 * The values of a command's arg that start with what was typed, best first, to pick one from a list: partners, members and
 * follow-ups by id, others as words with what they mean.
 */
export async function suggestChoices(
  command: Command,
  { arg: name, typed, limit }: { arg: string; typed: string; limit: number },
  deps: SuggestDeps,
): Promise<readonly Choice[]> {
  const arg = command.args[name];
  if (!arg) return [];
  const { directory } = deps;
  const suggest = command.suggest?.[name];
  if (suggest) return (await suggest(typed, deps)).slice(0, limit);
  switch (arg.kind) {
    case 'partner':
      return completeNames(typed, directory.activePartners, limit).map(({ id, name: label }) => ({
        value: `#${id}`,
        label,
      }));
    case 'member': {
      const people = completeNames(typed.replace(/^@/, ''), directory.activeMembers, limit);
      const labels = memberLabels(people.map(({ member }) => member));
      return people.map(({ id, name: own }, at) => ({ value: `#${id}`, label: labels[at] ?? own }));
    }
    case 'person':
      return completePeople(typed, limit, deps);
    case 'followup':
      return suggestFollowups(typed, limit, deps, arg.of);
    case 'choice':
    case 'choices':
      return suggestFromList(arg, typed).slice(0, limit);
    default: {
      const known = completeValue(arg, typed, deps);
      const meant = new Set(known.map(({ meaning }) => meaning));
      const read = readTyped(arg, typed.trim(), deps).filter(({ meaning }) => !meant.has(meaning));
      return [...known, ...read].slice(0, limit).map(({ value, label, meaning }) => ({
        value,
        label: meaning && meaning !== label ? `${label} · ${meaning}` : label,
      }));
    }
  }
}

/** The choices that start with what was typed. Of several, each is offered together with those before it. */
function suggestFromList(arg: Arg & { kind: 'choice' | 'choices' }, typed: string): Choice[] {
  const [, before = '', last = ''] =
    arg.kind === 'choices' ? (/^(.*[,;]\s*)?(.*)$/s.exec(typed) ?? []) : [typed, '', typed];
  const chosen = readChoices(before, arg.choices) ?? [];
  const lead = chosen.map((choice) => `${choice}, `).join('');
  return suggestedWords(arg)
    .filter((word) => word.startsWith(last.trim().toLowerCase()) && !chosen.includes(word))
    .map((word) => {
      const value = `${lead}${word}`;
      return { value, label: lead === '' ? choiceLabel(word, arg.labels) : capitalize(value) };
    });
}

/** What the typed words are read as, if the arg reads more than a list of words. */
function readTyped(arg: Arg, typed: string, context: ParseContext): Suggestion[] {
  if (typed === '') return [];
  if (arg.kind === 'date') {
    return whensOf(arg, typed, context).map((when, _, all) => {
      const meaning = shown(when, context);
      return all.length === 1
        ? { value: typed, label: typed, meaning }
        : { value: typedWhen(when, context.zone), label: meaning, meaning };
    });
  }
  const meaning = meaningOf(arg, typed, context);
  return meaning ? [{ value: typed, label: typed, meaning }] : [];
}

/** What words mean, where the words do not say it themselves. */
function meaningOf(arg: Arg, words: string, context: ParseContext): string | undefined {
  switch (arg.kind) {
    case 'date': {
      const [only, ...more] = whensOf(arg, words, context);
      return only && more.length === 0 ? shown(only, context) : undefined;
    }
    case 'time': {
      const minute = readTime(words);
      return minute === undefined ? undefined : timeText(minute);
    }
    case 'duration': {
      const duration = readDuration(words);
      const text = duration === undefined ? undefined : durationText(duration);
      return text === words ? undefined : text;
    }
    default:
      return undefined;
  }
}

/** The dates that words can stand for. */
function whensOf(arg: Arg & { kind: 'date' }, words: string, context: ParseContext): When[] {
  const reading = readDate(words, { ...context, tense: arg.tense, week: context.partnership });
  const found =
    reading?.kind === 'read' ? [reading.value] : reading?.kind === 'choice' ? reading.values : [];
  return found.map((when) => (arg.moment ? when : { day: when.day }));
}

const shown = (when: When, { now, zone }: ParseContext): string =>
  whenText(when, dayOf(now, zone), zone);

function suggestedWords(arg: Arg): readonly string[] {
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

/** A name of several words needs quotes to be sure to be read as one name. */
const asTypedName = ({ name }: { name: string }): Choice => ({
  value: /\s/.test(name) ? inQuotes(name) : name,
  label: name,
});
