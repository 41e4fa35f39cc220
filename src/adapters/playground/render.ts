import { dayOf } from '../../core/dates/day.ts';
import { idOfButton } from '../../core/message/button-id.ts';
import type { Field, Form } from '../../core/message/form.ts';
import type { Block, Button, Reply } from '../../core/message/reply.ts';
import { type InlineNode, plainText } from '../../core/message/rich-text.ts';
import { elementId } from './element-id.ts';
import { CONVENOR, type Message, type MessageFile } from './messages.ts';
import { placeOf } from './places.ts';
import type {
  AnswerView,
  BlockView,
  ButtonView,
  FileView,
  FormView,
  InlineNodeView,
  MessageView,
  ReplyView,
} from './wire.ts';

/** Who reads, and when. */
export interface ReaderContext {
  id: string;
  /** IANA name. */
  zone: string;
  now: Date;
  /** Replaces the bot's tokens by names. */
  withNames(text: string): string;
}

/** The answer to say, press and submit. */
export function answerView(
  message: Pick<Message, 'id' | 'reply' | 'form'>,
  reader: ReaderContext,
): AnswerView {
  const reply = message.reply ?? { text: [] };
  return { reply: replyView(reply, message, reader), text: textOf(reply, reader) };
}

/** A message as a member sees it in a place. */
export function messageView(message: Message, reader: ReaderContext): MessageView {
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
    ...(message.file ? { file: fileView(message.id, message.file, reader) } : {}),
  };
}

function fileView(message: string, { name }: MessageFile, { id }: ReaderContext): FileView {
  return { name, url: `/playground/file?${new URLSearchParams({ as: id, message })}` };
}

/** A reply's text and card as plain text, one line for each part, without the buttons. */
function textOf(reply: Reply, { zone, now, withNames }: ReaderContext): string {
  const parts = [reply.text, ...(reply.card ?? []).flatMap((block) => textIn(block))];
  return withNames(parts.map((part) => plainText(part, zone, dayOf(now, zone))).join('\n'));
}

function textIn(block: Block) {
  return 'text' in block ? [block.text] : [];
}

function replyView(
  reply: Reply,
  { id, form }: Pick<Message, 'id' | 'form'>,
  { withNames }: ReaderContext,
): ReplyView {
  const card = (reply.card ?? []).map((block) => blockView(block, id, withNames));
  const buttons = card.flatMap((block) => ('buttons' in block ? block.buttons : []));
  return {
    text: reply.text.map((node) => inlineView(node, withNames)),
    card,
    buttons,
    ...(form ? { form: formView(form, id, withNames) } : {}),
  };
}

function blockView(
  block: Block,
  message: string,
  withNames: ReaderContext['withNames'],
): BlockView {
  const text = 'text' in block ? block.text.map((node) => inlineView(node, withNames)) : [];
  if (block.kind === 'text' || block.kind === 'note') return { kind: block.kind, text };
  const buttons = block.buttons.map((button) => buttonView(button, message));
  return block.kind === 'row' ? { kind: 'row', text, buttons } : { kind: 'buttons', buttons };
}

/** Only text can hold tokens; mentions, links, moments and days are nodes of their own. */
function inlineView(node: InlineNode, withNames: ReaderContext['withNames']): InlineNodeView {
  if ('text' in node) return { text: withNames(node.text) };
  if ('term' in node) return { text: node.term };
  if ('command' in node && node.words !== undefined)
    return { ...node, words: withNames(node.words) };
  return 'bold' in node ? { bold: withNames(node.bold) } : node;
}

function buttonView(button: Button, message: string): ButtonView {
  const { label, style } = button;
  return { id: elementId(message, idOfButton(button)), label, ...(style ? { style } : {}) };
}

/** All fields of a form: the page has room for more than five. */
export function fieldsOf({ fields, moreFields = [] }: Form): readonly Field[] {
  return [...fields, ...moreFields];
}

function formView(form: Form, message: string, withNames: ReaderContext['withNames']): FormView {
  const { command, kept, title, submit } = form;
  const fields = fieldsOf(form).map((field) => ({ ...field, value: withNames(field.value) }));
  return { id: elementId(message, idOfButton({ command, args: kept })), title, submit, fields };
}
