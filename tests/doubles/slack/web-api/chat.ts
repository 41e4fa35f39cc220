import { objectOf, textOf } from '../../json.ts';
import { directChannel } from '../populate.ts';
import { contentOf, messageJson, parsed, post, remove, rewrite } from '../post.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Message, World } from '../world.ts';
import { type Call, channelOf, type Handler, userOf } from './call.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours */
export const chat: Record<string, Handler> = {
  'chat.postMessage'(call) {
    const content = contentOf(call.args);
    const channel = openChannel(call);
    const message = post(call.world, content, {
      channel: channel.id,
      ...authorOf(call),
      thread: textOf(call.args.thread_ts) || undefined,
      metadata: metadataOf(call),
    });
    const shown = messageJson(call.world, message);
    return { channel: channel.id, ts: message.ts, message: shown };
  },

  'chat.postEphemeral'(call) {
    const content = contentOf(call.args, 'msg_too_long');
    const channel = openChannel(call);
    const only = String(call.args.user);
    if (!channel.members.has(only)) throw new Refusal('user_not_in_channel');
    const thread = textOf(call.args.thread_ts) || undefined;
    const at = { channel: channel.id, ...authorOf(call), only, thread };
    const message = post(call.world, content, at);
    // "Ephemeral messages in threads are only shown if there is already an active thread."
    const isShown = thread === undefined || isThread(call.world, channel, thread);
    if (!isShown) remove(call.world, message);
    return { message_ts: message.ts };
  },

  'chat.update'(call) {
    const content = contentOf(call.args, 'msg_too_long');
    if (content.text.length > 4000) throw new Refusal('msg_too_long', 'text above 4,000');
    const channel = channelOf(call, call.args.channel);
    const message = messageAt(call, channel, call.args.ts);
    if (message.bot !== call.caller.bot) throw new Refusal('cant_update_message');
    if (channel.archived) throw new Refusal('is_inactive');
    const metadata = metadataOf(call);
    if (metadata) message.metadata = metadata;
    rewrite(call.world, message, content);
    const shown = messageJson(call.world, message);
    return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
  },

  'chat.delete'(call) {
    const channel = channelOf(call, call.args.channel);
    const message = messageAt(call, channel, call.args.ts);
    if (message.bot !== call.caller.bot) throw new Refusal('cant_delete_message');
    remove(call.world, message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.getPermalink'(call) {
    const channel = channelOf(call, call.args.channel);
    const { ts } = messageAt(call, channel, call.args.message_ts);
    const domain = call.world.teams.get(channel.team)?.domain;
    const permalink = `https://${domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink };
  },
};

const isThread = (world: World, channel: Channel, ts: string) =>
  world.messages.get(channel.id)?.some(({ thread, only }) => thread === ts && !only) === true;

const authorOf = ({ caller }: Call) => ({ user: caller.botUser, bot: caller.bot });

/** The channel to post in: one with the bot in it, or a user's direct channel. */
function openChannel(call: Call): Channel {
  const channel = /^[UW]/.test(String(call.args.channel))
    ? directTo(call)
    : channelOf(call, call.args.channel);
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind === 'im' && !call.allowed.messagesTab)
    throw new Refusal('messages_tab_disabled', 'the manifest hides the messages tab');
  const partner = [...channel.members].find((id) => id !== call.caller.botUser);
  if (channel.kind === 'im' && call.world.users.get(partner ?? '')?.deleted)
    throw new Refusal('channel_not_found');
  if (!channel.members.has(call.caller.botUser)) throw new Refusal('not_in_channel');
  return channel;
}

function directTo(call: Call): Channel {
  const user = call.world.users.get(String(call.args.channel));
  if (!user || user.bot || user.deleted) throw new Refusal('channel_not_found');
  return directChannel(call.world, userOf(call, user.id), call.caller.botUser);
}

/** A message that the API can reach. Ephemeral messages cannot be reached. */
function messageAt(call: Call, channel: Channel, ts: unknown): Message {
  const all = call.world.messages.get(channel.id) ?? [];
  const message = all.find((one) => one.ts === ts && !one.only);
  if (!message) throw new Refusal('message_not_found');
  return message;
}

/** https://docs.slack.dev/messaging/message-metadata */
function metadataOf(call: Call) {
  const given = parsed(call.args.metadata);
  if (given === undefined) return undefined;
  const metadata = objectOf(given);
  if (typeof metadata.event_type !== 'string' || typeof metadata.event_payload !== 'object')
    throw new Refusal('invalid_metadata_format', 'metadata: event_type and event_payload');
  return metadata;
}
