import type { Json } from '../../json.ts';
import { directChannel } from '../populate.ts';
import { messageJson } from '../post.ts';
import { Refusal } from '../refusal.ts';
import type { Channel } from '../world.ts';
import {
  type Call,
  channelOf,
  type Handler,
  pageOf,
  requireScope,
  teamOf,
  userOf,
} from './call.ts';

/** https://docs.slack.dev/reference/methods/conversations.info and its neighbours */
export const conversations: Record<string, Handler> = {
  'conversations.open'(call) {
    if (call.args.channel)
      return { channel: channelJson(call, channelOf(call, call.args.channel)) };
    if (!call.args.users) throw new Refusal('users_list_not_supplied', 'users is missing');
    requireScope(call, 'im', 'write');
    const user = userOf(call, call.args.users);
    if (user.deleted) throw new Refusal('user_disabled');
    if (user.bot) throw new Refusal('invalid_user_combination');
    const channel = directChannel(call.world, user, call.caller.botUser);
    return { channel: call.args.return_im ? channelJson(call, channel) : { id: channel.id } };
  },

  'conversations.info'(call) {
    const channel = channelOf(call, call.args.channel);
    requireScope(call, channel.kind, 'read');
    const size = call.args.include_num_members ? { num_members: channel.members.size } : {};
    return { channel: { ...channelJson(call, channel), ...size } };
  },

  'conversations.history'(call) {
    const channel = channelOf(call, call.args.channel);
    requireScope(call, channel.kind, 'history');
    if (!channel.members.has(call.caller.botUser)) throw new Refusal('not_in_channel');
    const { oldest, latest, inclusive } = call.args;
    const within = (ts: string) =>
      (!oldest || ts > String(oldest) || (inclusive && ts === oldest)) &&
      (!latest || ts < String(latest) || (inclusive && ts === latest));
    const all = (call.world.messages.get(channel.id) ?? [])
      .filter((message) => !message.only && !message.thread && within(message.ts))
      .reverse();
    const { items, next_cursor } = pageOf(all, call.args);
    const metadata = call.args.include_all_metadata === true;
    return {
      messages: items.map((message) => messageJson(call.world, message, metadata)),
      has_more: next_cursor !== '',
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...(next_cursor && { response_metadata: { next_cursor } }),
    };
  },

  'conversations.members'(call) {
    const channel = channelOf(call, call.args.channel);
    requireScope(call, channel.kind, 'read');
    const { items, next_cursor } = pageOf([...channel.members], call.args);
    return { members: items, response_metadata: { next_cursor } };
  },

  'conversations.list': (call) => listed(call, () => true),

  'users.conversations'(call) {
    const user = call.args.user ?? call.caller.botUser;
    return listed(call, (channel) => channel.members.has(String(user)));
  },

  'conversations.join'(call) {
    const channel = channelOf(call, call.args.channel);
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    if (channel.archived) throw new Refusal('is_archived');
    channel.members.add(call.caller.botUser);
    return { channel: channelJson(call, channel) };
  },
};

const KINDS: Record<string, Channel['kind'] | undefined> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

/** The channels that the bot sees, of the kinds asked for. */
function listed(call: Call, fits: (channel: Channel) => boolean): Json {
  const team = teamOf(call);
  const kinds = String(call.args.types ?? 'public_channel')
    .split(',')
    .map((word) => KINDS[word.trim()]);
  for (const kind of kinds) {
    if (!kind) throw new Refusal('invalid_types', `types: ${call.args.types}`);
    requireScope(call, kind, 'read');
  }
  const seen = [...call.world.channels.values()].filter(
    (channel) =>
      channel.team === team &&
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || channel.members.has(call.caller.botUser)) &&
      !(call.args.exclude_archived && channel.archived) &&
      fits(channel),
  );
  const { items, next_cursor } = pageOf(seen, call.args);
  return {
    channels: items.map((channel) => channelJson(call, channel)),
    response_metadata: { next_cursor },
  };
}

function channelJson({ caller }: Call, channel: Channel): Json {
  if (channel.kind === 'im') {
    const user = [...channel.members].find((id) => id !== caller.botUser);
    return { id: channel.id, is_im: true, user, is_org_shared: false, is_open: true };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: false,
    is_member: channel.members.has(caller.botUser),
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    context_team_id: channel.team,
    shared_team_ids: [channel.team],
  };
}
