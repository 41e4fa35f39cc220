import { ComponentType as Kind } from 'discord.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { optionsOf, partsOf } from './components.ts';
import { mentionsIn, textsIn } from './mentions.ts';
import { sees } from './permissions.ts';
import type { Channel, Message, Modal, World } from './world.ts';

/** What a user sees of a message or a modal. */
interface Visible {
  /** All words, part by part, as sent (with Markdown). */
  words: string;
  components: Json[];
  /** The labels of its buttons, in order. */
  buttons: string[];
  /** The labels of its menus' options, in order. */
  options: string[];
  /** All that reads as a mention of a user, a role, a channel or everybody. */
  mentions: string[];
}

export interface VisibleMessage extends Visible {
  kind: 'message';
  id: string;
  channel: string;
  /** The id of its author. */
  from: string;
  /** Whether only one user sees it. */
  ephemeral: boolean;
  edited: boolean;
  /** "Convenor is thinking…" */
  loading: boolean;
  /** Ids of the users and roles that it notified, and `everyone`. */
  pings: string[];
  flags: number;
  embeds: Json[];
  /** When it was posted, in the double's time (ms). */
  at: number;
  /** The ids of its attachments. */
  files: readonly string[];
  /** The id of the message that it replies to. */
  replyTo: string | undefined;
}

export interface VisibleModal extends Visible {
  kind: 'modal';
  id: string;
  customId: string;
  title: string;
  /** The labels of its inputs, in order. */
  labels: string[];
}

/** The messages of a channel that a user sees, oldest first. */
export function visibleMessages(world: World, user: string, channel: Channel): VisibleMessage[] {
  if (!world.channels.has(channel.id) || !sees(world, user, channel)) return [];
  return (world.messages.get(channel.id) ?? [])
    .filter(({ only }) => only === undefined || only === user)
    .map(visibleMessage);
}

export function visibleMessage(message: Message): VisibleMessage {
  const { id, channel, author, only, edited, pings, flags, embeds, at } = message;
  const { content, files, replyTo } = message;
  const visible = visibleParts(message.components);
  return {
    kind: 'message',
    ...visible,
    words: [content, ...embeds.map(embedWords), visible.words].filter(Boolean).join('\n'),
    mentions: textsIn(message).flatMap(mentionsIn),
    id,
    channel,
    from: author,
    ephemeral: only !== undefined,
    edited: edited !== undefined,
    loading: (flags & LOADING) !== 0,
    pings,
    flags,
    embeds,
    at,
    files,
    replyTo,
  };
}

const LOADING = 1 << 7;

export function visibleModal({ id, sent }: Modal): VisibleModal {
  const components = listOf(sent.components);
  const parts = partsOf(components);
  return {
    kind: 'modal',
    ...visibleParts(components),
    id,
    customId: textOf(sent.custom_id),
    title: textOf(sent.title),
    labels: parts.map(({ part }) => textOf(part.label)).filter(Boolean),
  };
}

function visibleParts(components: Json[]): Visible {
  const parts = partsOf(components).map(({ part }) => part);
  const buttons = parts.filter(({ type }) => type === Kind.Button);
  return {
    words: parts.flatMap(wordsOf).filter(Boolean).join('\n'),
    components: structuredClone(components),
    buttons: buttons.map(buttonLabel),
    options: parts.flatMap(optionsOf).map(({ label }) => textOf(label)),
    mentions: textsIn({ content: '', components }).flatMap(mentionsIn),
  };
}

/** The label of a button, else its emoji. */
export const buttonLabel = ({ label, emoji }: Json) =>
  textOf(label) || textOf(objectOf(emoji).name);

function wordsOf(part: Json): string[] {
  if (part.type === Kind.TextDisplay) return [textOf(part.content)];
  if (part.type === Kind.Label) return [textOf(part.label), textOf(part.description)];
  return [];
}

function embedWords({ title, description, fields }: Json): string {
  const rows = listOf(fields).flatMap(({ name, value }) => [textOf(name), textOf(value)]);
  return [textOf(title), textOf(description), ...rows].filter(Boolean).join('\n');
}
