// Writes docs/parity.md, what each chat offers: `npm run reference`. With --check it only compares. Nothing in it is
// claimed by hand: each cell says what comes of rendering for that chat, or stands in what is declared to it.
import { readFile, writeFile } from 'node:fs/promises';
import { allCommands } from '../dist/core/commands.js';
import { answering } from './parity/answering.mjs';
import { filling } from './parity/filling.mjs';
import { reaching } from './parity/reaching.mjs';

const file = new URL('../docs/parity.md', import.meta.url);
const commands = allCommands();
const text = [
  '# What each chat offers',
  '',
  '_Generated from the code by `npm run reference`; do not edit._',
  '',
  '## Commands',
  '',
  'How each is called, and whether it has a form. What stands on buttons alone is pressed, not typed.',
  '',
  ...table([...commands.values()].map((command) => reaching.command(command, commands))),
  '## Ways in',
  '',
  ...table(reaching.waysIn(commands)),
  '## What is filled in, and how',
  '',
  ...table(filling(commands)),
  '## What is shown, and what can be done with it',
  '',
  ...table(answering()),
].join('\n');

if (!process.argv.includes('--check')) {
  await writeFile(file, text);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('docs/parity.md does not say what the code does. Run: npm run reference');
  process.exitCode = 1;
}

function table(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = ['', 'Slack', 'Discord', 'playground'];
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(({ name, slack, discord, playground }) => line([name, slack, discord, playground])),
    '',
  ];
}
