import { keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { IN, type Invocation, ONCE } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { buttonsOf } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import type { Stores } from '../ports/store.ts';
import type { Belonging } from './belonging.ts';

/** The most that are offered: nobody is in more. */
const MOST = 10;

type Named = Pick<Belonging, 'partnership' | 'name'>;
type Asked = Pick<Invocation, 'command' | 'args' | 'key'>;

/** Asks which partnership something is about that was said where it could be several. Nothing typed is lost. */
export function whichPartnership(names: readonly Named[], { command, args, key }: Asked): Reply {
  const buttons = names.slice(0, MOST).map(
    ({ partnership, name }): Button => ({
      label: name,
      command,
      args: { ...args, [IN]: partnership, [ONCE]: key },
    }),
  );
  return {
    text: rich`You are in more than one partnership here. Which one is that about? I've kept your words.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** The same with every button short enough for each platform: its long args are kept in its own partnership. */
export async function askWhichPartnership(
  names: readonly Named[],
  asked: Asked,
  stores: Stores,
): Promise<Reply> {
  const { text, ...rest } = whichPartnership(names, asked);
  const buttons = await Promise.all(
    buttonsOf({ text, ...rest }).map(async (button) => {
      const one: Reply = { text, card: [{ kind: 'buttons', buttons: [button] }] };
      const store = stores.forPartnership(button.args[IN] as string);
      const { reply } = await keepLongArgs({ reply: one, audience: 'actor' }, store, asked.key);
      return buttonsOf(reply);
    }),
  );
  return { text, card: [{ kind: 'buttons', buttons: buttons.flat() }] };
}
