import type { Arg } from '../command/args.ts';
import type { Command } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { memberLabels } from '../domain/members/member.ts';
import { completeNames } from '../names/search.ts';
import type { Choice } from '../ports/platform.ts';
import { inQuotes } from './segments.ts';

const MAX_NAMES = 8;
const DATES = {
  future: ['today', 'tomorrow', 'friday', 'next week', 'in 2 weeks', 'end of the month'],
  past: ['today', 'yesterday', 'last week', '3 days ago'],
};
const DURATIONS = ['1 week', '2 weeks', '4 weeks', '6 weeks', '3 months', '6 months', '1 year'];
const TIMES = ['9am', 'noon', '5pm'];

/** The values of an arg that start with what was typed, best first, as they would be typed in a line. */
export function completeValue(arg: Arg, typed: string, directory: Directory): Choice[] {
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
    default:
      return suggestedWords(arg)
        .filter((word) => word.startsWith(typed.toLowerCase()))
        .map((word) => ({ value: word, label: word }));
  }
}

/**
 * The values of a command's arg that start with what was typed, best first, to pick one from a list: partners and members
 * by id, others as words.
 */
export function suggestChoices(
  command: Command,
  { arg: name, typed, limit }: { arg: string; typed: string; limit: number },
  directory: Directory,
): readonly Choice[] {
  const arg = command.args[name];
  if (!arg) return [];
  const byId = ({ id, name: label }: { id: string; name: string }) => ({ value: `#${id}`, label });
  if (arg.kind === 'partner') {
    return completeNames(typed, directory.activePartners, limit).map(byId);
  }
  if (arg.kind === 'member') {
    const people = completeNames(typed.replace(/^@/, ''), directory.activeMembers, limit);
    const labels = memberLabels(people.map(({ member }) => member));
    return people.map(({ id, name }, index) => ({ value: `#${id}`, label: labels[index] ?? name }));
  }
  return completeValue(arg, typed, directory).slice(0, limit);
}

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
