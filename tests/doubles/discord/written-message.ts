import type { Json } from '../json.ts';
import { messageJson, post } from './message.ts';
import { bareMember } from './user-object.ts';
import type { VisibleMessage } from './visible-messages.ts';
import type { Channel, Message, User, World } from './world.ts';

/** What a message has besides its words. */
export interface WrittenMessage {
  /** The message that it replies to, whose author is notified. */
  replyTo?: VisibleMessage;
  /** The name of an attached file. */
  file?: string;
}

/** Adds a message of a user to a channel. */
export function write(
  world: World,
  { user, channel }: { user: User; channel: Channel },
  words: string,
  { replyTo, file }: WrittenMessage,
): Message {
  const id = world.id();
  if (file !== undefined) world.files.set(id, { id, name: file, content: 'name\n' });
  const message = post(
    world,
    { content: words },
    {
      channel: channel.id,
      author: user.id,
      files: file === undefined ? [] : [id],
      ...(replyTo && { kind: 19, replyTo: replyTo.id }),
    },
  );
  if (replyTo && !message.pings.includes(replyTo.from)) message.pings.push(replyTo.from);
  return message;
}

/** A message as an app without a privileged intent hears of it: https://docs.discord.com/developers/events/gateway#message-content-intent */
export function messageEvent(world: World, message: Message, channel: Channel): Json {
  const member = world.guilds.get(channel.guild ?? '')?.members.get(message.author);
  const data = { ...messageJson(world, message), ...(member && { member: bareMember(member) }) };
  const isTold = channel.kind === 'direct' || message.pings.includes(world.app.bot);
  return isTold ? data : { ...data, content: '', embeds: [], attachments: [], components: [] };
}
