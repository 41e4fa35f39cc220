import { allCommands } from '../dist/core/bot/commands.js';
import { generate } from './generated.mjs';
import { answering } from './parity/answering.mjs';
import { filling } from './parity/filling.mjs';
import { reaching } from './parity/reaching.mjs';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: npm run reference
Writes docs/parity.md, what each chat offers. With --check it only compares.`);

const commands = allCommands();
const text = [
  '# What each chat offers',
  '',
  '_Generated from the code by `npm run reference`; do not edit._',
  '',
  '## Commands',
  '',
  'How each is called, and whether it has a form. Some commands are only on buttons.',
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

await generate('docs/parity.md', text, { source: 'the code does', command: 'npm run reference' });

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
