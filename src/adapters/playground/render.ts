import { dayOf } from '../../core/dates/day.ts';
import { idOfButton } from '../../core/message/button-id.ts';
import type { Form } from '../../core/message/form.ts';
import type { Block, Button, Reply } from '../../core/message/reply.ts';
import { type InlineNode, plainText } from '../../core/message/rich-text.ts';
import { CONVENOR, type Message } from './messages.ts';
import { placeOf } from './places.ts';
import { idOn } from './pressed.ts';
import type {
  AnswerView,
  BlockView,
  ButtonView,
  FormView,
  MessageView,
  PieceView,
  ReplyView,
} from './wire.ts';

/** Who reads, and when: what plain text needs to say moments and days. */
export interface Reader {
  id: string;
  /** IANA name. */
  zone: string;
  now: Date;
  /** Text with the bot's tokens written as people here write them. */
  named(text: string): string;
}

/** What a member is answered. */
export function answerView(
  answered: Pick<Message, 'id' | 'reply' | 'form'>,
  reader: Reader,
): AnswerView {
  const reply = answered.reply ?? { text: [] };
  return { reply: replyView(reply, answered, reader), text: textOf(reply, reader) };
}

/** A message as a member sees it in a place. */
export function messageView(message: Message, reader: Reader): MessageView {
  const { id, from, at, reply, said } = message;
  const shown = reply && replyView(reply, message, reader);
  return {
    id,
    place: placeOf(message.room),
    from,
    at: at.toISOString(),
    text: reply ? textOf(reply, reader) : (said ?? ''),
    buttons: shown?.buttons ?? [],
    onlyYou: from === CONVENOR && message.visibleTo !== null && placeOf(message.room) !== 'dm',
    reply: shown,
  };
}

/** A reply's sentence and card as plain text, a line for each part; its buttons are named apart. */
function textOf(reply: Reply, { zone, now, named }: Reader): string {
  const parts = [reply.text, ...(reply.card ?? []).flatMap((block) => textIn(block))];
  return named(parts.map((part) => plainText(part, zone, dayOf(now, zone))).join('\n'));
}

function textIn(block: Block) {
  return 'text' in block ? [block.text] : [];
}

function replyView(
  reply: Reply,
  { id, form }: Pick<Message, 'id' | 'form'>,
  { named }: Reader,
): ReplyView {
  const card = (reply.card ?? []).map((block) => blockView(block, id, named));
  const buttons = card.flatMap((block) => ('buttons' in block ? block.buttons : []));
  return {
    text: reply.text.map((piece) => pieceView(piece, named)),
    card,
    buttons,
    ...(form ? { form: formView(form, id, named) } : {}),
  };
}

function blockView(block: Block, message: string, named: Reader['named']): BlockView {
  const text = 'text' in block ? block.text.map((piece) => pieceView(piece, named)) : [];
  if (block.kind === 'text' || block.kind === 'note') return { kind: block.kind, text };
  const buttons = block.buttons.map((button) => buttonView(button, message));
  return block.kind === 'row' ? { kind: 'row', text, buttons } : { kind: 'buttons', buttons };
}

/** Only what was typed can hold tokens: the pieces that have a meaning of their own stay as they are. */
function pieceView(piece: InlineNode, named: Reader['named']): PieceView {
  if ('text' in piece) return { text: named(piece.text) };
  return 'bold' in piece ? { bold: named(piece.bold) } : piece;
}

function buttonView(button: Button, message: string): ButtonView {
  const { label, style } = button;
  return { id: idOn(message, idOfButton(button)), label, ...(style ? { style } : {}) };
}

function formView(form: Form, message: string, named: Reader['named']): FormView {
  const { command, kept, title, submit } = form;
  const fields = form.fields.map((field) => ({ ...field, value: named(field.value) }));
  return { id: idOn(message, idOfButton({ command, args: kept })), title, submit, fields };
}
