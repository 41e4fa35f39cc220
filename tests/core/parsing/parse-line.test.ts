import { expect, it } from 'vitest';
import type { Command } from '../../../src/core/command/command.ts';
import { parseLine } from '../../../src/core/parsing/parse-line.ts';
import { log } from './resolve-line.ts';

const named = (name: string, examples = [name]): [string, Command] => [
  name,
  { ...log, name, examples },
];
const commands = new Map([
  ...['log', 'help', 'today', 'followup add', 'followup list', 'digest', 'digest now'].map((name) =>
    named(name),
  ),
  // Only ever on a button.
  named('log change', []),
]);

it.each([
  ['log riverside met Jane', 'log', 'riverside met Jane'],
  ['LOG  riverside  met', 'log', 'riverside  met'],
  ['log: riverside', 'log', 'riverside'],
  ['today', 'today', undefined],
  ['followup add send the plan', 'followup add', 'send the plan'],
  ['Followup   ADD\nsend the plan', 'followup add', 'send the plan'],
  ['/followup add x', 'followup add', 'x'],
  ['/convenor log x', 'log', 'x'],
  ['Convenor log x', 'log', 'x'],
  ['@Convenor log riverside met', 'log', 'riverside met'],
  ['Convenor, please log riverside met', 'log', 'riverside met'],
  ['convenor', 'help', undefined],
  ['', 'help', undefined],
  ['  \n ', 'help', undefined],
  ['digest', 'digest', undefined],
  ['digest now', 'digest now', undefined],
  ['digest now please', 'digest now', 'please'],
  ['digest nowhere', 'digest', 'nowhere'],
  ['followup', 'help', 'followup'],
  ['Followup ', 'help', 'followup'],
  ['followup ad send', 'followup ad', 'send'],
  ['lgo riverside', 'lgo', 'riverside'],
  ['logs', 'logs', undefined],
  ['log change for good met us', 'log', 'change for good met us'],
  ['convenors met', 'convenors', 'met'],
  ['😀 hi', '😀', 'hi'],
])('reads %j as %s', (line, command, words) => {
  expect(parseLine(line, commands)).toEqual({
    command,
    args: words === undefined ? {} : { words },
  });
});

it('keeps a long line whole', () => {
  const words = 'word '.repeat(10_000).trim();
  expect(parseLine(`log ${words}`, commands)).toEqual({ command: 'log', args: { words } });
});
