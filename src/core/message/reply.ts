import type { RawArgs } from './invocation.ts';
import type { RichText } from './rich-text.ts';

/** Who sees the answer to a command: the one who asked, or everybody in the place. */
export type Audience = 'actor' | 'everyone';

/** A command with some of its args filled in. Pressing it is an Invocation like any other. */
export interface Button {
  label: string;
  command: string;
  args: RawArgs;
  style?: 'primary' | 'danger';
}

/** A part of a card. A `row` is a line with its own actions, which a renderer may fold into one "Act…" menu. */
export type Block =
  | { kind: 'text'; text: RichText }
  | { kind: 'note'; text: RichText }
  | { kind: 'row'; text: RichText; buttons: readonly Button[] }
  | { kind: 'buttons'; buttons: readonly Button[] };

export type Card = readonly Block[];

/** The only outbound word: what a command answers, and what a reminder, brief or digest says. */
export interface Reply {
  /** The sentence: stands first, and alone where a card cannot be shown (a notification). */
  text: RichText;
  card?: Card;
  /** True when the reply takes the place of the message whose button was pressed. */
  replaces?: boolean;
}

/** Every button of a reply, in reading order. */
export function buttonsOf(reply: Reply): readonly Button[] {
  return (reply.card ?? []).flatMap((block) => ('buttons' in block ? block.buttons : []));
}

/** The same reply with each button passed through `change`. */
export function mapButtons(reply: Reply, change: (button: Button) => Button): Reply {
  if (!reply.card) return reply;
  const card = reply.card.map((block) =>
    'buttons' in block ? { ...block, buttons: block.buttons.map(change) } : block,
  );
  return { ...reply, card };
}

/** A reply of one sentence. */
export const say = (text: RichText): Reply => ({ text });
