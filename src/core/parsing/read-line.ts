import type { Commands } from '../command/command.ts';
import { type RawArgs, WORDS } from '../message/invocation.ts';

/** What a typed line says: the command, and the words after it. */
export interface Line {
  command: string;
  args: RawArgs;
}

/** Commands have at most this many words. */
const MOST_WORDS = 2;

/**
 * Splits a typed line into a declared command and its words: the longest name at the start wins. A group alone
 * (`followup`) asks for help about it; an unknown command comes back as it was typed.
 */
export function readLine(line: string, commands: Commands): Line {
  const text = withoutCall(line);
  const [first, second] = heads(text);
  if (!first) return { command: 'help', args: {} };
  const group = nameIn(first.text);
  for (const head of [second, first]) {
    const name = head && nameIn(head.text);
    const command = name ? commands.get(name) : undefined;
    // What stands only on buttons (it has no examples) must not take words from the command it belongs to.
    const onlyPressed = command?.examples.length === 0 && name !== group && commands.has(group);
    if (head && command && !onlyPressed) return lineOf(command.name, text.slice(head.end));
  }
  if (![...commands.keys()].some((name) => name.startsWith(`${group} `))) {
    return lineOf(first.text, text.slice(first.end));
  }
  if (!second) return { command: 'help', args: { [WORDS]: group } };
  return lineOf(second.text.split(/\s+/).join(' '), text.slice(second.end));
}

/** The line without the slash or the name it was called by: `/convenor log`, `convenor log` and `/log` are all `log`. */
function withoutCall(line: string): string {
  return line
    .trim()
    .replace(/^\//, '')
    .replace(/^convenor(?=\s|$)/i, '')
    .trim();
}

/** The first word of a text, and the first two, with the place where they end. */
function heads(text: string): { text: string; end: number }[] {
  const found: { text: string; end: number }[] = [];
  for (const word of text.matchAll(/\S+/g)) {
    const end = word.index + word[0].length;
    found.push({ text: text.slice(0, end), end });
    if (found.length === MOST_WORDS) break;
  }
  return found;
}

/** As a command is named: `Followup  Add:` is `followup add`. */
const nameIn = (text: string): string =>
  text.toLowerCase().replace(/[:,]$/, '').split(/\s+/).join(' ');

function lineOf(command: string, rest: string): Line {
  const words = rest.trim();
  return { command, args: words === '' ? {} : { [WORDS]: words } };
}
