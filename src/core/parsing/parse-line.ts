import type { Command, Commands } from '../command/command.ts';
import { type RawArgs, WORDS } from '../message/invocation.ts';
import { isConcernLine } from './concern-words.ts';
import { matchPhrase } from './phrases.ts';

/** A typed line: the command, and the words after its name. */
export interface ParsedLine {
  command: string;
  args: RawArgs;
}

const MAX_COMMAND_WORDS = 2;

/** The command for a worry about somebody's safety. It gets none of the words, so that they are kept nowhere. */
const CONCERN: ParsedLine = { command: 'concern', args: {} };

/**
 * Splits a typed line into a command and its words. A phrase that a command declares comes first, then the longest command
 * name at the start. The first word of several commands alone (`followup`) asks for help about them. An unknown command
 * comes back as it was typed. A line about a worry for somebody is the command `concern`, without its words.
 */
export function parseLine(line: string, commands: Commands): ParsedLine {
  const text = asLongerCommand(withoutBotName(line), commands);
  if (isConcernLine(text)) return CONCERN;
  const phrase = matchPhrase(text, commands);
  if (phrase) return isConcernLine(phrase.args[WORDS] ?? '') ? CONCERN : phrase;
  const [first, second] = commandHeads(text);
  if (!first) return { command: 'help', args: {} };
  const group = commandName(first.text);
  for (const head of [second, first]) {
    const name = head && commandName(head.text);
    const command = name ? commands.get(name) : undefined;
    // A command that is only used by buttons (it has no examples) must not take words from the command it belongs to.
    const isOnlyForButtons =
      command?.examples.length === 0 && name !== group && commands.has(group);
    if (!head || !command) continue;
    const rest = text.slice(head.end);
    const opensForm = rest.trim() === '' && formAsksAll(command);
    if (!isOnlyForButtons || opensForm) return parsedLine(command.name, rest);
  }
  if (![...commands.keys()].some((name) => name.startsWith(`${group} `))) {
    return parsedLine(first.text, text.slice(first.end));
  }
  if (!second) return { command: 'help', args: { [WORDS]: group } };
  return parsedLine(second.text.split(/\s+/).join(' '), text.slice(second.end));
}

/**
 * A line with a colon within the name of a command, and with an arg that only that command has: `settings holiday:"24 Dec"
 * level:local` is `settings holiday "24 Dec" level:local`.
 */
function asLongerCommand(text: string, commands: Commands): string {
  const [, group = '', word = '', rest = ''] = /^(\S+)\s+([a-z-]+):\s*(\S.*)$/is.exec(text) ?? [];
  const shorter = commands.get(commandName(group));
  const longer = commands.get(commandName(`${group} ${word}`));
  if (!shorter || !longer) return text;
  const names = [...rest.matchAll(/(?:^|\s)([a-z-]+):/gi)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  const isLonger = names.some((name) => name in longer.args && !(name in shorter.args));
  return isLonger ? `${longer.name} ${rest}` : text;
}

/** Whether a command needs something, and its form asks for all of it. */
function formAsksAll({ args }: Command): boolean {
  const needed = Object.values(args).filter((arg) => arg.needed);
  return needed.length > 0 && needed.every(({ ask }) => ask !== undefined);
}

/** The line without a slash and the bot's name: `/convenor log`, `@Convenor, log`, `please log` and `/log` are all `log`. */
function withoutBotName(line: string): string {
  return line
    .trim()
    .replace(/^\//, '')
    .replace(/^@?convenor(?=[\s,:!]|$)[\s,:!]*/i, '')
    .replace(/^(?:please|pls)\s+(?=\S)/i, '')
    .trim();
}

/** The first word of a text and the first two words, with the place where each ends. */
function commandHeads(text: string): { text: string; end: number }[] {
  const found: { text: string; end: number }[] = [];
  for (const word of text.matchAll(/\S+/g)) {
    const end = word.index + word[0].length;
    found.push({ text: text.slice(0, end), end });
    if (found.length === MAX_COMMAND_WORDS) break;
  }
  return found;
}

/** Normalizes to the form that commands are declared in: `Followup  Add:` is `followup add`. */
const commandName = (text: string): string =>
  text.toLowerCase().replace(/[:,]$/, '').split(/\s+/).join(' ');

function parsedLine(command: string, rest: string): ParsedLine {
  const words = rest.trim();
  if (command === CONCERN.command || (command === 'log' && isConcernLine(words))) return CONCERN;
  return { command, args: words === '' ? {} : { [WORDS]: words } };
}
