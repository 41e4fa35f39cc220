import { InteractionContextType as Context, type InteractionType } from 'discord.js';
import type { Json } from '../json.ts';
import { channelJson } from './channel-object.ts';
import { bitsOf, permissionsOf } from './permissions.ts';
import { actingMember, userJson } from './user-object.ts';
import type { Channel, Guild, User, World } from './world.ts';

/** Where a user does something. */
export interface ActionContext {
  user: User;
  channel: Channel;
  /** Undefined in a direct channel. */
  guild: Guild | undefined;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export function interactionJson(
  world: World,
  context: ActionContext,
  type: InteractionType,
  fields: Json,
): Json {
  const { user, channel, guild } = context;
  const member = guild?.members.get(user.id);
  const place = world.channels.get(channel.parent ?? '') ?? channel;
  const id = world.id();
  return {
    id,
    application_id: world.app.id,
    type,
    token: Buffer.from(`interaction:${id}:${world.app.id}`).toString('base64url'),
    version: 1,
    channel_id: channel.id,
    channel: channelJson(world, channel),
    locale: 'en-GB',
    entitlements: [],
    authorizing_integration_owners: ownersOf(context),
    attachment_size_limit: 10_485_760,
    ...(guild && member
      ? {
          context: Context.Guild,
          guild_id: guild.id,
          guild: { id: guild.id, locale: 'en-GB', features: [] },
          guild_locale: 'en-GB',
          member: actingMember(world, guild, member, channel),
          app_permissions: String(permissionsOf(guild, world.app.bot, place)),
        }
      : {
          context: Context.BotDM,
          user: userJson(user),
          app_permissions: String(DIRECT_PERMISSIONS),
        }),
    ...fields,
  };
}

/** What an app may do in direct messages. */
const DIRECT_PERMISSIONS = bitsOf([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
]);

/** Who installed the app there: a server; "0" in the app's own direct channel. */
const ownersOf = ({ guild }: ActionContext): Json => ({ '0': guild?.id ?? '0' });

/** What an answer says about its interaction: https://docs.discord.com/developers/resources/message#message-interaction-metadata-object */
export function interactionMetadata(context: ActionContext, payload: Json, more: Json): Json {
  return {
    id: payload.id,
    type: payload.type,
    user: userJson(context.user),
    authorizing_integration_owners: ownersOf(context),
    ...more,
  };
}
