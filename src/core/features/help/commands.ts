import { setUpOffer } from '../../cards/set-up-offer.ts';
import { type Command, type Commands, defineCommand } from '../../command/command.ts';
import type { Role } from '../../domain/members/rights.ts';
import { may } from '../../domain/members/rights.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { nearest } from '../../names/nearest.ts';

/** What somebody new should see first, in this order. */
const firstSteps = ['log', 'today', 'followup add', 'partner show', 'quiet', 'undo'];

const help = defineCommand({
  name: 'help',
  summary: 'What I can do, and how to say it',
  examples: ['help', 'help log', 'help followup'],
  args: { topic: { kind: 'text', summary: 'A command, such as log' } },
  words: ['topic'],
  audience: 'actor',
  guard: 'ask for help',
  async run({ args, member }, { commands, partnership }): Promise<Reply> {
    const reply = helpReply(args.topic, commands, member.role);
    const offer = setUpOffer(partnership, member);
    return args.topic || offer.length === 0
      ? reply
      : { ...reply, card: [...(reply.card ?? []), ...offer] };
  },
});

/** The help for a role: an overview, or the help on one topic. It works without a partnership. */
export function helpReply(about: string | undefined, commands: Commands, role: Role): Reply {
  if (!about) return overview(commands, role);
  const topic = about.toLowerCase();
  const named = commands.get(topic);
  if (named) return details(named);
  const group = [...commands.values()].filter((command) => command.name.startsWith(`${topic} `));
  if (group.length > 0) return listing(rich`What you can do with ${bold(topic)}:`, group, role);
  const close = nearest(topic, [...commands.keys()]);
  return {
    text: rich`I don't have help on "${topic.slice(0, 60)}".${close && rich` Did you mean ${bold(close)}?`} Type ${bold('help')} to see everything.`,
  };
}

/** Leaves a question of the bot unanswered. */
const cancel = defineCommand({
  name: 'cancel',
  summary: 'Leave a question of mine unanswered',
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  async run(): Promise<Reply> {
    return { text: rich`OK. Nothing has changed.`, replaces: true };
  },
});

function overview(commands: Commands, role: Role): Reply {
  const first = firstSteps
    .map((name) => commands.get(name))
    .filter((command) => command !== undefined);
  const rest = [...commands.values()].filter((command) => !firstSteps.includes(command.name));
  const { card = [] } = listing([], first, role);
  const others = rest.filter((command) => isOffered(command, role)).map((command) => command.name);
  return {
    text: rich`I keep track of who you talk with and what was promised. A line is enough:`,
    card: [
      ...card,
      {
        kind: 'note',
        text: rich`Also: ${others.join(', ')}. Type ${bold('help')} and a command for more.`,
      },
    ],
  };
}

function listing(text: Reply['text'], commands: readonly Command[], role: Role): Reply {
  const offered = commands.filter((command) => isOffered(command, role));
  const card = offered.map((command): Block => {
    const [example] = command.examples;
    return {
      kind: 'text',
      text: rich`${bold(command.name)}: ${command.summary}.${example && rich` For example: ${example}`}`,
    };
  });
  return { text, card };
}

/** Whether help lists a command. Commands without an example are only used by buttons. */
function isOffered(command: Command, role: Role): boolean {
  return command.examples.length > 0 && may(role, command.guard);
}

function details(command: Command): Reply {
  const args = Object.entries(command.args).map(([name, arg]): Block => {
    const also = arg.aliases?.length ? ` (or ${arg.aliases.join(', ')})` : '';
    const choices = 'choices' in arg ? ` One of: ${arg.choices.join(', ')}.` : '';
    return {
      kind: 'text',
      text: rich`${bold(`${name}:`)}${also} ${arg.summary}${/[.?]$/.test(arg.summary) ? '' : '.'}${choices}`,
    };
  });
  const examples = command.examples.map(
    (example): Block => ({ kind: 'note', text: rich`${example}` }),
  );
  return { text: rich`${bold(command.name)}: ${command.summary}.`, card: [...args, ...examples] };
}

export const helpCommands = [help, cancel];
