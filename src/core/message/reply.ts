import type { RawArgs } from './invocation.ts';
import type { RichText } from './rich-text.ts';

/** Who sees the answer to a command: the person who gave it, or everybody in the place. */
export type Audience = 'actor' | 'everyone';

/** A command with some of its args filled in. Pressing it is an Invocation like any other. */
export interface Button {
  label: string;
  command: string;
  args: RawArgs;
  style?: 'primary' | 'danger';
}

/** Leaves everything as it is. */
export const cancelButton: Button = { label: 'Cancel', command: 'cancel', args: {} };

/** A part of a card. A `row` is a line with buttons of its own, which a renderer may put into an overflow menu. */
export type Block =
  | { kind: 'text'; text: RichText }
  | { kind: 'note'; text: RichText }
  | { kind: 'row'; text: RichText; buttons: readonly Button[] }
  | { kind: 'buttons'; buttons: readonly Button[] };

export type Card = readonly Block[];

/** What the bot says: the answer to a command, a reminder, a brief or a digest. All output of the bot has this type. */
export interface Reply {
  /** The first line. It is all that is seen where a card cannot be shown, such as in a notification. */
  text: RichText;
  card?: Card;
  /** The reply replaces the message whose button was pressed. */
  replaces?: boolean;
}

/** Every button of a reply, in reading order. */
export function buttonsOf(reply: Reply): readonly Button[] {
  return (reply.card ?? []).flatMap((block) => ('buttons' in block ? block.buttons : []));
}

/** The reply with each button replaced by what `change` returns for it. */
export function mapButtons(reply: Reply, change: (button: Button) => Button): Reply {
  if (!reply.card) return reply;
  const card = reply.card.map((block) =>
    'buttons' in block ? { ...block, buttons: block.buttons.map(change) } : block,
  );
  return { ...reply, card };
}

/** A reply of one sentence. */
export const say = (text: RichText): Reply => ({ text });
