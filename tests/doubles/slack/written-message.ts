import type { Json } from '../json.ts';
import type { ActionContext } from './payloads.ts';
import { messageJson, post } from './post.ts';
import type { Message, UploadedFile, User, World } from './world.ts';

/** What a message has besides its text. */
export interface WrittenMessage {
  /** The `ts` of the first message of its thread. */
  thread?: string | undefined;
  /** A file that it shares: its name, or one that was uploaded. */
  file?: string | UploadedFile;
}

/** A user uploads a file, which only the app sees so far. */
export function uploadFile(world: World, user: User, name: string, bytes: Buffer): UploadedFile {
  const id = world.id('F');
  const file = { id, name, title: name, length: bytes.length, bytes, owner: user.id };
  const uploaded: UploadedFile = { ...file, state: 'shared' };
  world.files.set(id, uploaded);
  return uploaded;
}

/** Adds a message of a user to a channel. */
export function write(
  world: World,
  { user, channel }: Pick<ActionContext, 'user' | 'channel'>,
  text: string,
  { thread, file }: WrittenMessage,
): Message {
  const shared =
    typeof file === 'string' ? uploadFile(world, user, file, Buffer.from('name\n')) : file;
  const files = shared ? [shared.id] : [];
  return post(world, { text, blocks: [] }, { channel: channel.id, user: user.id, thread, files });
}

/** What an app has to have for an event. */
interface MessageEvent {
  subscription: string;
  scope: string;
  event: Json;
}

/**
 * The event by which the app hears of a message: https://docs.slack.dev/reference/events/message.im and
 * https://docs.slack.dev/reference/events/app_mention
 * @returns undefined if it hears nothing.
 */
export function messageEvent(
  world: World,
  message: Message,
  { channel, app }: Pick<ActionContext, 'channel' | 'app'>,
): MessageEvent | undefined {
  const fields = { ...messageJson(world, message), channel: channel.id };
  if (channel.kind === 'im') {
    const event = { ...fields, channel_type: 'im' };
    return { subscription: 'message.im', scope: 'im:history', event };
  }
  const isTold = channel.members.has(app.botUser) && message.text.includes(`<@${app.botUser}>`);
  if (!isTold) return undefined;
  const event = { ...fields, type: 'app_mention' };
  return { subscription: 'app_mention', scope: 'app_mentions:read', event };
}
