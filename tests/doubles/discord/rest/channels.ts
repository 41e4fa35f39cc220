import { ChannelType, RESTJSONErrorCodes as Code, GatewayIntentBits as Intents } from 'discord.js';
import { textOf } from '../../json.ts';
import { channelJson, threadMemberJson } from '../channel-object.ts';
import { may, sees } from '../permissions.ts';
import { addThread, directChannel } from '../populate.ts';
import { Refusal } from '../refusal.ts';
import type { Channel } from '../world.ts';
import { type Call, channelOf, EMPTY, type Handler, ok, requirePermission } from './call.ts';

/** https://docs.discord.com/developers/resources/channel and the direct ones of a user */
export const channels: Record<string, Handler> = {
  get_channel: (call) => ok(channelJson(call.world, channelOf(call))),

  create_dm({ world, body }) {
    const user = world.users.get(textOf(body.recipient_id));
    if (!user || user.bot) throw new Refusal(Code.InvalidRecipients);
    return ok(channelJson(world, directChannel(world, user)));
  },

  create_thread(call) {
    const { world, body, gateway } = call;
    const parent = channelOf(call);
    if (parent.kind !== 'text') throw new Refusal(Code.CannotExecuteActionOnThisChannelType);
    const isPrivate = (body.type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
    requirePermission(call, parent, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
    const kind = isPrivate ? 'private thread' : 'thread';
    const owner = world.app.bot;
    const thread = addThread(world, parent, { name: textOf(body.name), kind, owner });
    const member = threadMemberJson(world, thread, owner);
    const made = { ...channelJson(world, thread), member };
    const data = { ...made, newly_created: true };
    gateway.dispatch('THREAD_CREATE', data, parent.guild, Intents.Guilds);
    world.changed();
    return { status: 201, body: made };
  },

  list_thread_members(call) {
    const { world } = call;
    const thread = threadOf(call);
    return ok([...thread.members].map((user) => threadMemberJson(world, thread, user)));
  },

  add_thread_member(call) {
    const { world, args } = call;
    const thread = threadOf(call);
    if (thread.archived) throw new Refusal(Code.InvalidActionOnArchivedThread);
    requirePermission(call, thread, 'SendMessagesInThreads');
    const user = textOf(args.user_id);
    if (!world.users.has(user)) throw new Refusal(Code.UnknownUser);
    if (!world.guilds.get(thread.guild ?? '')?.members.has(user))
      throw new Refusal(Code.UnknownMember);
    if (!may(world, user, thread, 'ViewChannel')) throw new Refusal(Code.MissingAccess);
    thread.members.add(user);
    world.changed();
    return EMPTY;
  },

  delete_thread_member(call) {
    const { world, args } = call;
    const thread = threadOf(call);
    if (thread.owner !== world.app.bot) requirePermission(call, thread, 'ManageThreads');
    thread.members.delete(textOf(args.user_id));
    world.changed();
    return EMPTY;
  },

  get_active_guild_threads({ world, args }) {
    const threads = [...world.channels.values()].filter(
      (one) => one.guild === args.guild_id && one.parent && sees(world, world.app.bot, one),
    );
    const members = threads
      .filter((thread) => thread.members.has(world.app.bot))
      .map((thread) => threadMemberJson(world, thread, world.app.bot));
    const shown = threads.map((thread) => channelJson(world, thread));
    return ok({ threads: shown, members, has_more: false });
  },
};

function threadOf(call: Call): Channel {
  const channel = channelOf(call);
  if (!channel.parent) throw new Refusal(Code.CannotExecuteActionOnThisChannelType);
  return channel;
}
