import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { choicesOf, elementsOf } from './blocks.ts';
import type { Message, View, World } from './world.ts';

/** What a user sees of a message, a modal or a Home. */
interface Visible {
  /** All words, block by block, as sent (with markup). */
  words: string;
  blocks: Json[];
  /** The labels of its buttons, in order. */
  buttons: string[];
  /** The labels of its menus' options, in order. */
  options: string[];
  /** All mentions as markup: `<@U…>`, `<#C…>`, `<!here>`, … */
  mentions: string[];
}

export interface VisibleMessage extends Visible {
  kind: 'message';
  ts: string;
  channel: string;
  /** The fallback text. */
  text: string;
  /** The id of its author. */
  from: string;
  /** Whether only one user sees it. */
  ephemeral: boolean;
  /** The `ts` of the first message of its thread. */
  thread: string | undefined;
  edited: boolean;
  /** The files that it shares; a deleted one has no bytes. */
  files: VisibleFile[];
}

interface VisibleFile {
  name: string;
  title: string;
  bytes: Buffer | undefined;
}

export interface VisibleView extends Visible {
  kind: 'view';
  id: string;
  title: string;
  /** The labels of its inputs, in order. */
  labels: string[];
}

/** The messages of a channel that a user sees, oldest first. */
export function visibleMessages(world: World, user: string, channel: string): VisibleMessage[] {
  if (!world.channels.get(channel)?.members.has(user)) return [];
  return (world.messages.get(channel) ?? [])
    .filter((message) => !message.only || message.only === user)
    .map((message) => visibleMessage(message, world));
}

/** @param world where its files are. */
export function visibleMessage(message: Message, world: World): VisibleMessage {
  const { ts, channel, text, user, only, thread, edited, files } = message;
  const visible = visibleParts(message.blocks);
  return {
    kind: 'message',
    ...visible,
    words: message.blocks.length ? visible.words : text,
    mentions: [...mentionsIn(text), ...visible.mentions],
    ts,
    channel,
    text,
    from: user,
    ephemeral: only !== undefined,
    thread,
    edited,
    files: files.flatMap((id) => world.files.get(id) ?? []),
  };
}

export function visibleView(view: View): VisibleView {
  const blocks = listOf(view.sent.blocks);
  return {
    kind: 'view',
    ...visibleParts(blocks),
    id: view.id,
    title: textOf(objectOf(view.sent.title).text),
    labels: blocks
      .filter((block) => block.type === 'input')
      .map((block) => textOf(objectOf(block.label).text)),
  };
}

function visibleParts(blocks: Json[]): Visible {
  const elements = blocks.flatMap(elementsOf);
  return {
    words: blocks.map(wordsOf).filter(Boolean).join('\n'),
    blocks: structuredClone(blocks),
    buttons: elements.filter((element) => element.type === 'button').map(labelOf),
    options: elements.flatMap(choicesOf).map(labelOf),
    mentions: blocks.flatMap(mentionsOf),
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text#mentioning-users; dates are not mentions */
const mentionsIn = (text: string) => text.match(/<(?:@|#|!(?!date\^))[^>]*>/g) ?? [];

/** The mentions in a block's mrkdwn and rich text, at any depth; plain text has none. */
function mentionsOf(part: Json): string[] {
  if (part.type === 'mrkdwn') return mentionsIn(textOf(part.text));
  if (part.type === 'broadcast') return [`<!${part.range}>`];
  if (part.type === 'user') return [`<@${part.user_id}>`];
  if (part.type === 'usergroup') return [`<!subteam^${part.usergroup_id}>`];
  return Object.values(part).flatMap((inner) =>
    Array.isArray(inner) ? listOf(inner).flatMap(mentionsOf) : mentionsOf(objectOf(inner)),
  );
}

/** The label of a button or an option. */
export const labelOf = (thing: Json) => textOf(objectOf(thing.text).text);

function wordsOf(block: Json): string {
  if (block.type === 'rich_text') return leaves(block).join('');
  if (block.type === 'table') return leaves(block).join(' ');
  const words = [
    textOf(block.text) || labelOf(block),
    ...listOf(block.fields).map((field) => textOf(field.text)),
    ...(block.type === 'context' ? listOf(block.elements).map((item) => textOf(item.text)) : []),
    textOf(objectOf(block.label).text),
    textOf(objectOf(block.hint).text),
  ];
  return words.filter(Boolean).join('\n');
}

/** Every text in a part, at any depth. */
function leaves(part: Json): string[] {
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === 'text' && typeof value === 'string') return [value];
    return Array.isArray(value) ? value.flat().flatMap((inner) => leaves(objectOf(inner))) : [];
  });
}
