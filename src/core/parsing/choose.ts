import type { Command } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { partnersOf, peopleOf } from '../domain/directory/names-in.ts';
import type { Choice } from '../ports/platform.ts';
import { namesStarting, valuesStarting } from './complete-value.ts';

/** The values an arg could have that start as typed, the best first: partners and members by id, the rest as words. */
export function choicesFor(
  command: Command,
  { arg: name, typed, most }: { arg: string; typed: string; most: number },
  directory: Directory,
): readonly Choice[] {
  const arg = command.args[name];
  if (!arg) return [];
  const byId = ({ id, name: label }: { id: string; name: string }) => ({ value: `#${id}`, label });
  if (arg.kind === 'partner') return namesStarting(typed, partnersOf(directory), most).map(byId);
  if (arg.kind === 'member') {
    return namesStarting(typed.replace(/^@/, ''), peopleOf(directory), most).map(byId);
  }
  return valuesStarting(arg, typed, directory).slice(0, most);
}
