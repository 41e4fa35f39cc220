import type { Command, Commands } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { partnersOf } from '../domain/directory/names-in.ts';
import { nearest } from '../names/match.ts';
import type { Completion } from '../ports/platform.ts';
import { namesStarting, valuesStarting } from './complete-value.ts';

/** More are no help. */
const MOST = 8;

/** What a line that is being typed could become, the best first: commands, then their partners, args and values. */
export function completions(
  line: string,
  commands: Commands,
  directory: Directory,
): readonly Completion[] {
  // A line this long is a story by now, and needs no help.
  if (line.length > 2000) return [];
  const text = line.replace(/^\s*\/?(?:convenor\s+)?/i, '');
  const command = commandOf(text, commands);
  const found = command
    ? inCommand(line, text.slice(command.end), command.command, directory)
    : commandsStarting(text, commands);
  return found.slice(0, MOST);
}

/** The command of a line, once a space after it says that its name is complete. */
function commandOf(
  text: string,
  commands: Commands,
): { command: Command; end: number } | undefined {
  const words = [...text.matchAll(/\S+/g)].slice(0, 2);
  for (const last of words.toReversed()) {
    const end = last.index + last[0].length;
    const name = text.slice(0, end).toLowerCase().split(/\s+/).join(' ').trim();
    const command = commands.get(name);
    if (command && end < text.length && !isGrowing(text, name, commands)) return { command, end };
  }
  return undefined;
}

/** Whether the text may still become a longer command: `log ch` on its way to `log change`. */
function isGrowing(text: string, name: string, commands: Commands): boolean {
  const typed = text.toLowerCase().split(/\s+/).join(' ');
  return (
    typed.length > name.length + 1 &&
    [...commands.values()].some(
      (other) => isTyped(other) && other.name.length > typed.length && other.name.startsWith(typed),
    )
  );
}

/** Commands without an example only ever stand on buttons. */
const isTyped = (command: Command): boolean => command.examples.length > 0;

function commandsStarting(text: string, commands: Commands): Completion[] {
  const typed = text.toLowerCase().split(/\s+/).join(' ');
  const all = [...commands.values()].filter(isTyped);
  const starting = all.filter((command) => command.name.startsWith(typed));
  const close =
    starting.length === 0
      ? nearest(
          typed,
          all.map((command) => command.name),
        )
      : undefined;
  const found = close === undefined ? starting : all.filter((command) => command.name === close);
  return found.map(({ name, args, summary }) => ({
    line: Object.keys(args).length > 0 ? `${name} ` : name,
    label: name,
    summary,
  }));
}

/** Completions of the last thing typed: a value after `name:`, a partner's name, or the name of an arg. */
function inCommand(
  line: string,
  rest: string,
  command: Command,
  directory: Directory,
): Completion[] {
  const named = lastNamed(rest, command);
  if (named) {
    const before = line.slice(0, line.length - named.value.length);
    const arg = command.args[named.name];
    const values = arg ? valuesStarting(arg, named.value.trimStart(), directory) : [];
    return values.map(({ value, label }) => ({
      line: `${before}${value} `,
      label,
      summary: arg?.summary ?? '',
    }));
  }
  const word = /\S*$/.exec(rest)?.[0] ?? '';
  const before = line.slice(0, line.length - word.length);
  return [
    ...partnersIn(line, rest, command, directory),
    ...argsStarting(word, before, rest, command),
  ];
}

/** The arg whose value is being typed, if the line ends in one. Texts have no completions, and end where they end. */
function lastNamed(rest: string, command: Command): { name: string; value: string } | undefined {
  const typed = [...rest.matchAll(/(?<=^|\s)([\p{L}][\p{L}\p{N}_-]{0,30}):/gu)];
  for (const match of typed.toReversed()) {
    const name = nameOf(match[1] ?? '', command);
    if (name === undefined) continue;
    const value = rest.slice(match.index + match[0].length);
    return isOpen(value, command.args[name]?.kind) ? { name, value } : undefined;
  }
  return undefined;
}

/** A single word is done when a space follows; names of partners and members may have several. */
function isOpen(value: string, kind: string | undefined): boolean {
  if (/["“”]/.test(value)) return false;
  return kind === 'partner' || kind === 'member' || kind === 'choice' || !/\S\s/.test(value);
}

function nameOf(typed: string, { args }: Command): string | undefined {
  const wanted = typed.toLowerCase();
  return Object.keys(args).find(
    (name) =>
      name === wanted || args[name]?.aliases?.some((alias) => alias.toLowerCase() === wanted),
  );
}

/** Partners whose name the free words are the start of, where the command takes one first. */
function partnersIn(
  line: string,
  rest: string,
  command: Command,
  directory: Directory,
): Completion[] {
  const [first] = command.words ?? [];
  if (!first || command.args[first]?.kind !== 'partner' || rest.includes(':')) return [];
  const typed = rest.trimStart();
  const before = line.slice(0, line.length - typed.length);
  const summary = command.args[first].summary;
  return namesStarting(typed, partnersOf(directory), MOST).map(({ name }) => ({
    line: `${before}${name} `,
    label: name,
    summary,
  }));
}

/** Args that are not there yet and whose name the word is the start of; a flag is a word by itself. */
function argsStarting(word: string, before: string, rest: string, command: Command): Completion[] {
  const present = new Set(
    [...rest.matchAll(/([\p{L}][\p{L}\p{N}_-]{0,30}):/gu)].map((match) =>
      nameOf(match[1] ?? '', command),
    ),
  );
  const typed = word.toLowerCase();
  return Object.entries(command.args)
    .filter(([name]) => !present.has(name) && name.startsWith(typed))
    .map(([name, arg]) => {
      const label = arg.kind === 'flag' ? name : `${name}:`;
      return {
        line: `${before}${label}${arg.kind === 'flag' ? ' ' : ''}`,
        label,
        summary: arg.summary,
      };
    });
}
