import { quoteShort } from '../../base/text.ts';
import { type Command, type Commands, lineText } from '../../command/command.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { may, type Role } from '../../domain/members/rights.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, joined, rich } from '../../message/rich-text.ts';
import { nearest } from '../../names/nearest.ts';
import { declaredPhrases } from '../../parsing/phrases.ts';
import type { Choice } from '../../ports/platform.ts';

/** What somebody new should see first, in this order. */
const firstSteps = ['log', 'today', 'followup add', 'partner show', 'quiet', 'undo'];

/** The topic that lists every command. */
const EVERYTHING = 'everything';
/** A longer name is not used in an example. */
const MAX_EXAMPLE_NAME_LENGTH = 40;

/** The names of partners to use in examples for a member: none that they belong to. */
export function exampleNames(member: Member, directory: Directory): string[] {
  const viewer = viewerOf(member, directory);
  return directory.activePartners
    .filter(({ id, name }) => !isTiedTo(viewer, id) && name.length <= MAX_EXAMPLE_NAME_LENGTH)
    .slice(0, SAMPLE_NAMES.length)
    .map(({ name }) => name);
}

/** The partners that examples in the code name. */
const SAMPLE_NAMES = ['riverside council', 'oakfield school', 'shores centre', 'youth club'];

/** An example with names of the partnership's own partners in place of the sample names. */
function withOwnNames(example: string, names: readonly string[]): string {
  return SAMPLE_NAMES.reduce((text, sample, index) => {
    const own = names[index % Math.max(1, names.length)];
    return own ? text.replace(sample, own) : text;
  }, example);
}

/**
 * The help for a role: an overview, or the help on one topic. It works without a partnership.
 * @param names partners to use in the examples.
 */
export function helpReply(
  about: string | undefined,
  commands: Commands,
  role: Role,
  names: readonly string[] = [],
): Reply {
  if (!about) return overview(commands, role, names);
  const topic = about.toLowerCase();
  if (topic === EVERYTHING) return everything(commands, role);
  const named = commands.get(topic);
  if (named) return details(named, names);
  const group = [...commands.values()].filter((command) => command.name.startsWith(`${topic} `));
  if (group.length > 0)
    return listing(rich`What you can do with ${bold(topic)}:`, group, role, names);
  const close = nearest(topic, [...commands.keys()]);
  return {
    text: rich`I don't have help on "${quoteShort(topic)}".${close && rich` Did you mean ${commandText(close)}?`} Type ${commandText('help')} to see everything.`,
  };
}

/** Suggests topics of help: the commands of a role, by the start of any of their words. */
export function suggestTopics(typed: string, commands: Commands, role: Role): Choice[] {
  const start = typed.trim().toLowerCase();
  const offered = [...commands.values()].filter((command) => isOffered(command, role));
  return [
    { value: EVERYTHING, label: 'Everything I can do' },
    ...offered.map(({ name, summary }) => ({ value: name, label: `${name}: ${summary}` })),
  ].filter(({ value }) => value.startsWith(start) || value.includes(` ${start}`));
}

const overviewButtons: readonly Button[] = [
  { label: 'Note a contact', command: 'log', args: { [FORM]: 'yes' }, style: 'primary' },
  { label: 'Note a promise', command: 'followup add', args: { [FORM]: 'yes' } },
  { label: "What's mine to do", command: 'today', args: {} },
  { label: 'I need a person', command: 'help me', args: {} },
  { label: 'Everything I can do', command: 'help', args: { topic: EVERYTHING } },
];

function overview(commands: Commands, role: Role, names: readonly string[]): Reply {
  const first = firstSteps
    .map((name) => commands.get(name))
    .filter((command) => command !== undefined);
  const { card = [] } = listing([], first, role, names);
  return {
    text: rich`I keep track of who you talk with and what was promised. Write to me as you would to a person, or like this:`,
    card: [
      ...card,
      { kind: 'note', text: rich`Type ${commandText('help')} and one of these words for more.` },
      { kind: 'buttons', buttons: overviewButtons },
    ],
  };
}

/** The names of all commands of a role. Those that begin with the same word share a line. */
function everything(commands: Commands, role: Role): Reply {
  const groups = new Map<string, string[]>();
  for (const command of commands.values()) {
    if (!isOffered(command, role)) continue;
    const [group = ''] = command.name.split(' ');
    groups.set(group, [...(groups.get(group) ?? []), command.name]);
  }
  const all = [...groups.values()];
  const lines = all.filter((names) => names.length > 1);
  const alone = all.filter((names) => names.length === 1).flat();
  const line = (names: readonly string[]): Block => ({
    kind: 'text',
    text: joined(
      names.map((name) => [commandText(name)]),
      ', ',
    ),
  });
  return {
    text: rich`Everything you can type. ${commandText('help')} and one of these says more, such as ${commandText('help', 'log')}:`,
    card: [...lines.map(line), line(alone)],
  };
}

function listing(
  text: Reply['text'],
  commands: readonly Command[],
  role: Role,
  names: readonly string[],
): Reply {
  const offered = commands.filter((command) => isOffered(command, role));
  const card = offered.map((command): Block => {
    const [example] = examplesOf(command, names);
    return {
      kind: 'text',
      text: rich`${commandText(command.name)}: ${command.summary}.${example && example !== command.name && rich` For example: ${lineText(example, command)}`}`,
    };
  });
  return { text, card };
}

/** Whether help lists a command. Commands without an example are only used by buttons. */
function isOffered(command: Command, role: Role): boolean {
  return command.examples.length > 0 && may(role, command.guard);
}

/** Lines to copy: the examples, then phrases that are a whole line. */
function examplesOf(command: Command, names: readonly string[]): string[] {
  const phrases = declaredPhrases(command).filter(({ says }) => /^[a-z].* /.test(says));
  const whole = phrases.filter(({ says }) => !says.includes('…'));
  return [...command.examples, ...whole.map(({ says }) => says)].map((example) =>
    withOwnNames(example, names),
  );
}

/** How many lines to copy the help on a command begins with. */
const EXAMPLES_SHOWN = 2;

function details(command: Command, names: readonly string[]): Reply {
  const typed = Object.entries(command.args).filter(([, arg]) => !arg.fromButton);
  const args = typed.map(([name, arg]): Block => {
    const also = arg.aliases?.length ? ` (or ${arg.aliases.join(', ')})` : '';
    const choices = 'choices' in arg ? ` One of: ${arg.choices.join(', ')}.` : '';
    return {
      kind: 'text',
      text: rich`${bold(`${name}:`)}${also} ${arg.summary}${/[.?]$/.test(arg.summary) ? '' : '.'}${choices}`,
    };
  });
  const shown = Math.max(EXAMPLES_SHOWN, command.examples.length);
  const examples = examplesOf(command, names).slice(0, shown);
  const line = (example: string): Block => ({ kind: 'text', text: [lineText(example, command)] });
  const first = examples.slice(0, EXAMPLES_SHOWN).map(line);
  const others = examples.slice(EXAMPLES_SHOWN).map(line);
  return {
    text: rich`${commandText(command.name)}: ${command.summary}.${first.length > 0 && ' You can copy this:'}`,
    card: [...first, ...args, ...others],
  };
}
