import type { Json } from '../json.ts';
import type { ActionContext } from './payloads.ts';
import { messageJson, post } from './post.ts';
import type { Message, World } from './world.ts';

/** What a message has besides its text. */
export interface WrittenMessage {
  /** The `ts` of the first message of its thread. */
  thread?: string | undefined;
  /** The name of a file that it shares. */
  file?: string;
}

/** Adds a message of a user to a channel. */
export function write(
  world: World,
  { user, channel }: Pick<ActionContext, 'user' | 'channel'>,
  text: string,
  { thread, file }: WrittenMessage,
): Message {
  const id = world.id('F');
  if (file !== undefined) {
    const bytes = Buffer.from('name\n');
    const shared = { title: file, length: bytes.length, bytes, state: 'shared' } as const;
    world.files.set(id, { id, name: file, owner: user.id, ...shared });
  }
  const files = file === undefined ? [] : [id];
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
