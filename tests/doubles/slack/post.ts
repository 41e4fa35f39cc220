import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { blocksProblem, elementsOf } from './blocks.ts';
import { Refusal } from './refusal.ts';
import type { Message, World } from './world.ts';

/** The checked text and blocks of a message. */
export interface Content {
  text: string;
  blocks: Json[];
}

/** Slack refuses more bytes of blocks than about this, though no page says so: https://github.com/slackapi/bolt-js/issues/2509 */
const MAX_BLOCK_BYTES = 13_000;

/**
 * Reads the content of a message that an app sends. `tooLong` is the method's error for blocks that
 * are too long. @throws Refusal with the method's error.
 */
export function contentOf(given: Json, tooLong = 'msg_blocks_too_long'): Content {
  const blocks = parsed(given.blocks) ?? [];
  const text = textOf(given.text);
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format', 'blocks are not a list');
  if (!text && !blocks.length) throw new Refusal('no_text', 'neither text nor blocks');
  const problem = blocksProblem(blocks, 'message');
  if (problem) throw new Refusal('invalid_blocks', problem);
  const bytes = Buffer.byteLength(JSON.stringify(blocks));
  if (bytes > MAX_BLOCK_BYTES) throw new Refusal(tooLong, `blocks of ${bytes} bytes`);
  return { text: text.slice(0, 40_000), blocks: listOf(blocks) };
}

/** Parses JSON that came as text in a form; other values stay as they are. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal('invalid_arguments', `this is no JSON: ${value.slice(0, 80)}`);
  }
}

/** Gives ids to blocks and elements without one, as Slack does. */
export function withIds(world: World, blocks: Json[]): Json[] {
  const copy: Json[] = structuredClone(blocks);
  for (const block of copy) {
    block.block_id ??= world.id('b');
    for (const element of elementsOf(block)) element.action_id ??= world.id('a');
  }
  return copy;
}

type Fields = Pick<Message, 'channel' | 'user'> & Partial<Message>;

/** Adds a message at the end of its channel. */
export function post(world: World, content: Content, fields: Fields): Message {
  const message: Message = {
    bot: undefined,
    metadata: undefined,
    thread: undefined,
    only: undefined,
    files: [],
    edited: false,
    ...fields,
    ts: world.ts(),
    at: world.now(),
    text: content.text,
    blocks: withIds(world, content.blocks),
  };
  const all = world.messages.get(message.channel) ?? [];
  all.push(message);
  world.messages.set(message.channel, all);
  world.changed();
  return message;
}

/** Changes the content of a message. */
export function rewrite(world: World, message: Message, content: Content): void {
  message.text = content.text;
  message.blocks = withIds(world, content.blocks);
  message.edited = true;
  world.changed();
}

export function remove(world: World, message: Message): void {
  const left = (world.messages.get(message.channel) ?? []).filter((one) => one !== message);
  world.messages.set(message.channel, left);
  world.changed();
}

/** A message as Slack shows it in answers and payloads. */
export function messageJson(world: World, message: Message, withMetadata = true): Json {
  const author = objectOf(world.users.get(message.user));
  return {
    type: 'message',
    ...(message.bot && { bot_id: message.bot, app_id: world.app.id }),
    user: message.user,
    team: author.team,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length && { blocks: message.blocks }),
    ...(message.thread && { thread_ts: message.thread }),
    ...(message.files.length && { files: filesJson(world, message), subtype: 'file_share' }),
    ...(message.edited && { edited: { user: message.user, ts: message.ts } }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  };
}

/** The files of a message, as Slack shows them. A deleted one is a tombstone: https://docs.slack.dev/reference/objects/file-object */
function filesJson(world: World, message: Message): Json[] {
  return message.files.flatMap((id) => {
    const file = world.files.get(id);
    if (!file) return [];
    const { name, title, length: size } = file;
    return [file.state === 'deleted' ? { id, mode: 'tombstone' } : { id, name, title, size }];
  });
}
