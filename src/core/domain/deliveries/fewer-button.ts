import type { Block, Button, Reply } from '../../message/reply.ts';

/** The way to have less of what nobody asked for: on each such message. */
export const fewerButton: Button = { label: 'Fewer of these', command: 'fewer', args: {} };

/** The message with the button behind its last ones. */
export function withFewer(reply: Reply): Reply {
  const card = reply.card ?? [];
  const last = card.at(-1);
  const blocks: Block[] =
    last?.kind === 'buttons'
      ? [...card.slice(0, -1), { ...last, buttons: [...last.buttons, fewerButton] }]
      : [...card, { kind: 'buttons', buttons: [fewerButton] }];
  return { ...reply, card: blocks };
}
