import type { Command } from '../command/command.ts';
import { type Invocation, ONCE, type RawArgs } from '../message/invocation.ts';
import type { Block, Button } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';

/** The command behind the button, and the arg that names the command whose answer is shown. */
export const SHOW_COMMAND = 'answer show';
export const SHOWN = 'shown';

/**
 * Adds [Show to everyone] to an answer that only its reader sees in a channel, if its command says what the channel may
 * see of it.
 * @param args of the command, with typed words parsed.
 */
export function withShowButton(
  answer: Answer,
  { command, invocation, key }: { command: Command; invocation: Invocation; key: string },
  args: RawArgs,
): Answer {
  const { place, automatic, withPartnership } = invocation;
  // With `withPartnership`, the answer goes into a direct message.
  const isInChannel = !place.direct && !withPartnership && !automatic;
  const { reply, audience, form } = answer;
  if (!command.inChannel || !isInChannel || audience !== 'actor' || form) return answer;
  const declared = Object.entries(args).filter(([name]) => command.args[name] !== undefined);
  const button: Button = {
    label: 'Show to everyone',
    command: SHOW_COMMAND,
    args: { ...Object.fromEntries(declared), [SHOWN]: command.name, [ONCE]: `show ${key}` },
  };
  return { ...answer, reply: { ...reply, card: withButton(reply.card ?? [], button) } };
}

function withButton(card: readonly Block[], button: Button): readonly Block[] {
  const last = card.at(-1);
  return last?.kind === 'buttons'
    ? [...card.slice(0, -1), { ...last, buttons: [...last.buttons, button] }]
    : [...card, { kind: 'buttons', buttons: [button] }];
}
