import type { Block, Button, Reply } from '../../message/reply.ts';

/** Asks why something was (or was not) sent: by a delivery's id, a follow-up's or a partner's. */
export function whyButton(id: string): Button {
  return { label: 'Why?', command: 'why', args: { which: `#${id}` } };
}

/** The message of a delivery with Why? as the last of its buttons. */
export function withWhy(reply: Reply, delivery: string): Reply {
  const card = reply.card ?? [];
  const last = card.at(-1);
  const buttons = last?.kind === 'buttons' ? last.buttons : [];
  const row: Block = { kind: 'buttons', buttons: [...buttons, whyButton(delivery)] };
  return { ...reply, card: [...(last?.kind === 'buttons' ? card.slice(0, -1) : card), row] };
}
