import { allCommands } from '../dist/core/bot/commands.js';
import { rights, roles } from '../dist/core/domain/members/rights.js';
import { generate } from './generated.mjs';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: npm run reference
Writes docs/commands.md from the declared commands. With --check it only compares.`);

/** How many phrases a section shows. */
const MAX_PHRASES = 4;

const text = reference([...allCommands().values()]);

const source = 'the commands declare';
await generate('docs/commands.md', text, { source, command: 'npm run reference' });

function reference(commands) {
  // Commands without an example are only on buttons.
  const typed = commands.filter((command) => command.examples.length > 0);
  return [
    '# Commands',
    '',
    '_Generated from the declared commands by `npm run reference`; do not edit._',
    '',
    'Type a command, then what it is about in your own words, then `name:value` for details. Put values of several words in quotes. A command that needs to know more opens a form.',
    '',
    ...typed.flatMap(section),
    '## Who may do what',
    '',
    `| | ${roles.join(' | ')} |`,
    `|---|${roles.map(() => '---').join('|')}|`,
    ...Object.entries(rights).map(([right, holders]) => row(right, holders, typed)),
    '',
  ].join('\n');
}

function section(command) {
  const args = Object.entries(command.args)
    .filter(([, arg]) => !arg.fromButton)
    .map(([name, arg]) => {
      const aliases = arg.aliases?.length
        ? ` (or ${arg.aliases.map((alias) => `\`${alias}:\``).join(', ')})`
        : '';
      const choices = arg.choices ? ` One of: ${arg.choices.join(', ')}.` : '';
      const none = arg.clearable ? ' `none` takes it away.' : '';
      const words = command.words?.includes(name) ? ' _The words you type go here._' : '';
      return `| \`${name}:\`${aliases} | ${arg.summary}${/[.?]$/.test(arg.summary) ? '' : '.'}${choices}${none}${words} |`;
    });
  return [
    `## ${command.name}`,
    '',
    `${command.summary}. Who may: those who may ${command.guard}.`,
    '',
    ...command.examples.map((example) => `    ${example}`),
    '',
    ...phrases(command),
    ...(args.length > 0 ? ['| | |', '|---|---|', ...args, ''] : []),
  ];
}

/** What else people can say for a command. */
function phrases({ phrases: declared = [], examples }) {
  const says = declared.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.says));
  const shown = says.filter((one) => one.includes(' ') && !examples.includes(one));
  const some = shown.slice(0, MAX_PHRASES).map((one) => `"${one.replace(/\bi\b/g, 'I')}"`);
  return some.length > 0 ? [`You can also say: ${some.join(', ')}.`, ''] : [];
}

function row(right, holders, commands) {
  const names = commands
    .filter((command) => command.guard === right)
    .map((command) => `\`${command.name}\``);
  const marks = roles.map((role) => (holders.includes(role) ? 'yes' : ''));
  return `| ${right}: ${names.join(', ')} | ${marks.join(' | ')} |`;
}
