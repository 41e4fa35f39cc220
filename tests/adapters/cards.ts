import type { Block, Button, Reply } from '../../src/core/message/reply.ts';
import { bold, member, type RichText, rich } from '../../src/core/message/rich-text.ts';

/** A button of a card. */
export function button(label: string, args = {}, command = 'log'): Button {
  return { label, command, args };
}

/** A typical card: words with a name in bold and a mention, a note, two buttons. */
export const contactCard = (note: RichText): Reply => ({
  text: rich`Noted, thanks. ${bold('Riverside *Council*')}: ${member({ id: 'sam', name: 'Sam' })} was there.`,
  card: [
    { kind: 'note', text: note },
    { kind: 'buttons', buttons: [button('Change'), { ...button('Undo'), style: 'danger' }] },
  ],
});

const shared = { which: '#aBcDeFgHiJkLmNoP', brief: '#1234567890123456', swap: 'yes' };

/** The buttons of a row; most have the same args. */
export const rowButtons: readonly Button[] = [
  button('Done', shared, 'followup done'),
  button('Later', shared, 'followup later'),
  button('Ask someone else', { ...shared, form: 'yes' }, 'followup ask'),
  button('Log', { ...shared, which: '#other' }),
];

/** A row with some buttons. */
export const rowReply = (buttons: readonly Button[]): Reply => ({
  text: rich`Due:`,
  card: [{ kind: 'row', text: rich`Plan`, buttons }],
});

/** The first buttons of the first blocks of a card. */
export function firstButtons({ card = [] }: Reply, fits = (_: Button) => true): readonly Button[] {
  return card
    .slice(0, 4)
    .flatMap((block) => ('buttons' in block ? block.buttons.filter(fits).slice(0, 7) : []));
}

/** A message with the same text in each of its parts. */
export function inEveryPart(text: RichText, label: string): Reply {
  const buttons = [button(label)];
  const card: Block[] = [
    { kind: 'text', text },
    { kind: 'note', text },
    { kind: 'row', text, buttons },
  ];
  return { text, card };
}

/** Rows numbered from 1, and a button under them. */
export function promises(count: number): Reply {
  const rows = Array.from({ length: count }, (_, index): Block => {
    const which = `${index + 1}`;
    return { kind: 'row', text: rich`Promise ${which}`, buttons: [button('Done', { which })] };
  });
  return {
    text: rich`All of it:`,
    card: [...rows, { kind: 'buttons', buttons: [button('More')] }],
  };
}

/** A text longer than any one block. */
export const longText: RichText = [
  { text: 'A plan for the garden, and what comes of it. '.repeat(150).trim() },
];
