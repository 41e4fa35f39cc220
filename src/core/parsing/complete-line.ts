import type { Command, Commands } from '../command/command.ts';
import { nearest } from '../names/nearest.ts';
import { completeNames } from '../names/search.ts';
import type { Completion } from '../ports/platform.ts';
import { completeValue } from './complete-value.ts';
import { completePeople } from './resolve-person.ts';
import type { ParseContext } from './split-value.ts';

export const MAX_COMPLETIONS = 8;
/** Longer lines get no completions. */
const MAX_LINE_LENGTH = 2000;

/** What a line that is being typed may become, best first: commands, then their partners, args and values. */
export function completeLine(
  line: string,
  commands: Commands,
  context: ParseContext,
): readonly Completion[] {
  if (line.length > MAX_LINE_LENGTH) return [];
  const text = withoutName(line);
  const command = commandOf(text, commands);
  const found = command
    ? inCommand(line, text.slice(command.end), command.command, context)
    : completeCommand(text, commands);
  return found.slice(0, MAX_COMPLETIONS);
}

/** The command that follow-ups are to be named for, and the words typed after its name; undefined if it is none such. */
export function followupWords(
  line: string,
  commands: Commands,
): { before: string; typed: string } | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined;
  const text = withoutName(line);
  const found = commandOf(text, commands);
  const [first = ''] = found?.command.words ?? [];
  const arg = found?.command.args[first];
  const rest = text.slice(found?.end);
  if (arg?.kind !== 'followup' || rest.includes(':')) return undefined;
  const typed = rest.trimStart();
  return { before: line.slice(0, line.length - typed.length), typed };
}

const withoutName = (line: string): string => line.replace(/^\s*\/?(?:convenor\s+)?/i, '');

/** The command of a line. A space after its name shows that the name is complete. */
function commandOf(
  text: string,
  commands: Commands,
): { command: Command; end: number } | undefined {
  const words = [...text.matchAll(/\S+/g)].slice(0, 2);
  for (const last of words.toReversed()) {
    const end = last.index + last[0].length;
    const name = text.slice(0, end).toLowerCase().split(/\s+/).join(' ').trim();
    const command = commands.get(name);
    if (command && end < text.length && !mayGrow(text, name, commands)) return { command, end };
  }
  return undefined;
}

/** Whether the text may still become the name of a longer command, such as `log ch` of `log change`. */
function mayGrow(text: string, name: string, commands: Commands): boolean {
  const typed = text.toLowerCase().split(/\s+/).join(' ');
  return (
    typed.length > name.length + 1 &&
    [...commands.values()].some(
      (other) => isTyped(other) && other.name.length > typed.length && other.name.startsWith(typed),
    )
  );
}

/** Commands without an example are only used by buttons. */
const isTyped = (command: Command): boolean => command.examples.length > 0;

function completeCommand(text: string, commands: Commands): Completion[] {
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

/** Completes the end of the line: a value after `name:`, a partner's name, or the name of an arg. */
function inCommand(
  line: string,
  rest: string,
  command: Command,
  context: ParseContext,
): Completion[] {
  const open = openArg(rest, command);
  if (open) {
    const before = line.slice(0, line.length - open.value.length);
    const arg = command.args[open.name];
    const values = arg ? completeValue(arg, open.value.trimStart(), context) : [];
    return values.map(({ value, label, meaning }) => ({
      line: `${before}${value} `,
      label,
      summary: meaning ?? arg?.summary ?? '',
    }));
  }
  const word = /\S*$/.exec(rest)?.[0] ?? '';
  const before = line.slice(0, line.length - word.length);
  return [
    ...completeFirstName(line, rest, command, context),
    ...completeArgName(word, before, rest, command),
  ];
}

/** The arg given by name whose value is still being typed, if the line ends in one. */
function openArg(rest: string, command: Command): { name: string; value: string } | undefined {
  const typed = [...rest.matchAll(/(?<=^|\s)([\p{L}][\p{L}\p{N}_-]{0,30}):/gu)];
  for (const match of typed.toReversed()) {
    const name = argNamed(match[1] ?? '', command);
    if (name === undefined) continue;
    const value = rest.slice(match.index + match[0].length);
    return isOpen(value, command.args[name]?.kind) ? { name, value } : undefined;
  }
  return undefined;
}

/** A value of one word ends with a space. Partners, members and choices may have several words. */
function isOpen(value: string, kind: string | undefined): boolean {
  if (/["“”]/.test(value)) return false;
  return (
    kind === 'partner' ||
    kind === 'person' ||
    kind === 'member' ||
    kind === 'choice' ||
    !/\S\s/.test(value)
  );
}

/** The name of the arg that was typed by its name or an alias. */
function argNamed(typed: string, { args }: Command): string | undefined {
  const wanted = typed.toLowerCase();
  return Object.keys(args).find(
    (name) =>
      name === wanted || args[name]?.aliases?.some((alias) => alias.toLowerCase() === wanted),
  );
}

/** Partners or people that the free words may name, if the command's first word is one. */
function completeFirstName(
  line: string,
  rest: string,
  command: Command,
  context: ParseContext,
): Completion[] {
  const [first = ''] = command.words ?? [];
  const arg = command.args[first];
  if (!arg || rest.includes(':')) return [];
  const typed = rest.trimStart();
  const before = line.slice(0, line.length - typed.length);
  const { directory } = context;
  const names =
    arg.kind === 'partner'
      ? completeNames(typed, directory.activePartners, MAX_COMPLETIONS).map(({ name }) => name)
      : arg.kind === 'person'
        ? completePeople(typed, MAX_COMPLETIONS, context).map(({ label }) => label)
        : [];
  return names.map((name) => ({ line: `${before}${name} `, label: name, summary: arg.summary }));
}

/** Args that are not in the line yet and whose name starts with the word. A flag needs no value. */
function completeArgName(
  word: string,
  before: string,
  rest: string,
  command: Command,
): Completion[] {
  const present = new Set(
    [...rest.matchAll(/([\p{L}][\p{L}\p{N}_-]{0,30}):/gu)].map((match) =>
      argNamed(match[1] ?? '', command),
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
