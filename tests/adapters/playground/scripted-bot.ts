import type { Form } from '../../../src/core/message/form.ts';
import type { Invocation } from '../../../src/core/message/invocation.ts';
import type { Button } from '../../../src/core/message/reply.ts';
import { bold, rich } from '../../../src/core/message/rich-text.ts';
import type { Answer, Bot } from '../../../src/core/ports/platform.ts';

/** A bot with scripted answers, which records its invocations. */
export interface ScriptedBot extends Bot {
  readonly invocations: Invocation[];
}

const press = (label: string, command: string, args = {}): Button => ({ label, command, args });

/** Answers `say …` for everybody, `whisper …` for the actor, `card`, `form`, `break`; buttons `count` and `plain`. */
export function scriptedBot(): ScriptedBot {
  const invocations: Invocation[] = [];
  return {
    invocations,
    enqueue: (_workspace, work) => work(),
    onChange: () => () => {},
    parseLine(line) {
      const [command = '', ...words] = line.trim().split(/\s+/);
      return {
        command,
        args: { words: line.trim().slice(command.length).trim(), n: `${words.length}` },
      };
    },
    mayNeedForm: ({ command }) => command === 'form',
    choices: async () => [],
    profileChanged: async () => {},
    complete: async (line) =>
      ['say hello', 'say goodbye', 'card']
        .filter((each) => each.startsWith(line))
        .map((each) => ({
          line: each,
          label: each,
          summary: `Says ${each}`,
        })),
    async handle(invocation) {
      invocations.push(invocation);
      return answer(invocation);
    },
  };
}

function answer({ command, args }: Invocation): Answer {
  const words = args.words ?? '';
  if (command === 'say') return { reply: { text: rich`${words}` }, audience: 'everyone' };
  if (command === 'card') return card(1);
  if (command === 'count') return { ...card(Number(args.n) + 1), audience: 'actor' };
  if (command === 'form') return form(args.value ?? '', args.about ?? 'the fair');
  if (command === 'save') {
    if (args.amount !== undefined && !/^\d+$/.test(args.amount)) {
      return form(args.amount, args.kept ?? '', 'That is not a number.');
    }
    const text = rich`Saved ${args.amount} for ${args.kept}.`;
    return { reply: { text, replaces: args.kept === 'this message' }, audience: 'everyone' };
  }
  if (command === 'break') throw new Error(`secret: ${words}`);
  return { reply: { text: rich`I heard ${words || command}.` }, audience: 'actor' };
}

function card(count: number): Answer {
  const again = press('Again', 'count', { n: `${count}` });
  return {
    audience: 'everyone',
    reply: {
      text: rich`Shown ${bold(`${count} times`)}.`,
      replaces: count > 1,
      card: [
        {
          kind: 'row',
          text: rich`A row`,
          buttons: [again, press('Form', 'form', { about: 'this message' })],
        },
        { kind: 'note', text: rich`A note` },
        { kind: 'buttons', buttons: [{ ...press('Plain', 'plain'), style: 'primary' }] },
      ],
    },
  };
}

function form(value: string, kept: string, problem?: string): Answer {
  const box = { kind: 'text', long: false, needed: true, hint: 'A whole number' } as const;
  const amount = { ...box, name: 'amount', label: 'How much?', value };
  const opened: Form = {
    command: 'save',
    title: 'Save something',
    submit: 'Save',
    kept: { kept },
    fields: [problem ? { ...amount, problem } : amount],
  };
  const text = problem ? rich`${problem}` : rich`Tell me a little more.`;
  return { reply: { text }, audience: 'actor', form: opened };
}
