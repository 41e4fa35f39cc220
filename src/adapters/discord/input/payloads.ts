import { ApplicationCommandType, InteractionType } from 'discord.js';
import { z } from 'zod';

/** Discord's ids: https://discord.com/developers/docs/reference#snowflakes */
const id = z.string().regex(/^\d{15,20}$/);
const text = (maxLength: number) => z.string().max(maxLength);

/** The fields without which an interaction cannot be answered. */
export const interaction = z.object({
  id,
  token: z.string().regex(/^[\w.-]{1,1000}$/),
  type: z.number(),
  guild_id: id.optional().catch(undefined),
});

const user = z.object({
  id,
  username: text(100).catch(''),
  global_name: text(100).nullish().catch(null),
  bot: z.boolean().optional().catch(undefined),
});

/** A bit field as a decimal string: https://discord.com/developers/docs/topics/permissions */
const permissions = z.string().regex(/^\d{1,25}$/);

/** A user's membership in a server. Some payloads have it beside the user: https://discord.com/developers/docs/resources/guild#guild-member-object */
const membership = z.object({
  nick: text(100).nullish().catch(null),
  roles: z.array(z.string()).max(500),
  /** Only in interactions. */
  permissions: permissions.optional(),
});

/** A member, as the REST API returns it: https://discord.com/developers/docs/resources/guild#get-guild-member */
export const member = membership.extend({ user });

/** The owner and the roles of a server: https://discord.com/developers/docs/resources/guild#guild-object */
export const serverRoles = z.object({
  owner_id: id,
  roles: z.array(z.object({ id, name: text(100).catch(''), permissions })).max(500),
});

const attachment = z.object({ url: z.string().max(2000), size: z.number() });

/**
 * A message, as the gateway sends it: https://discord.com/developers/docs/resources/message#message-object. On a server, its
 * words are left out unless it mentions the bot:
 * https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export const chatMessage = z.object({
  id,
  channel_id: id,
  guild_id: id.optional(),
  type: z.number(),
  author: user,
  webhook_id: z.unknown().optional(),
  content: text(10_000).catch(''),
  mentions: z.array(z.object({ id })).catch([]),
  mention_roles: z.array(id).catch([]),
  attachments: z.array(z.unknown()).catch([]),
});

/** The message whose menu was used. */
const message = z.object({
  id,
  content: text(10_000).catch(''),
  author: user.optional().catch(undefined),
});

/** The objects that the ids in an interaction stand for: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
const resolved = z
  .object({
    users: z.record(z.string(), user).optional().catch(undefined),
    members: z.record(z.string(), membership).optional().catch(undefined),
    messages: z.record(z.string(), message).optional().catch(undefined),
    attachments: z.record(z.string(), attachment).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

/** The fields of all interactions: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
const base = interaction.extend({
  application_id: id,
  guild_id: id.optional(),
  channel_id: id,
  member: member.optional(),
  user: user.optional(),
});

const plainOption = z.object({
  name: text(32),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});

/** An option with a value; or a subcommand or group of subcommands, with options of its own. */
const option = plainOption.extend({
  options: z
    .array(plainOption.extend({ options: z.array(plainOption).max(25).optional() }))
    .max(25)
    .optional(),
});

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-application-command-data-structure */
const commandData = z.object({
  name: text(32),
  options: z.array(option).max(25).default([]),
  resolved,
});

export const slashCommand = base.extend({
  type: z.literal(InteractionType.ApplicationCommand),
  data: commandData.extend({ type: z.literal(ApplicationCommandType.ChatInput) }),
});

export const autocomplete = base.extend({
  type: z.literal(InteractionType.ApplicationCommandAutocomplete),
  data: commandData,
});

/** A command in the menu of a message. */
export const messageShortcut = base.extend({
  type: z.literal(InteractionType.ApplicationCommand),
  data: z.object({
    type: z.literal(ApplicationCommandType.Message),
    name: text(32),
    target_id: id,
    resolved,
  }),
});

/** A pressed button or picked option: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-message-component-data-structure */
export const buttonPress = base.extend({
  type: z.literal(InteractionType.MessageComponent),
  data: z.object({
    custom_id: text(100),
    values: z.array(z.string()).max(25).optional(),
    resolved,
  }),
  message: z.object({ id }),
});

const field = z.object({
  type: z.number(),
  custom_id: text(100),
  value: z.string().nullish().catch(null),
  values: z.array(z.string()).max(25).optional().catch(undefined),
});

/** A submitted modal: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure */
export const formSubmission = base.extend({
  type: z.literal(InteractionType.ModalSubmit),
  data: z.object({
    custom_id: text(100),
    components: z.array(z.object({ component: field.optional().catch(undefined) })).max(10),
    resolved,
  }),
  /** The message whose button opened the modal. */
  message: z.object({ id }).optional().catch(undefined),
});

/** A server that Convenor joined or left: https://discord.com/developers/docs/events/gateway-events#guild-create */
export const server = z.object({
  id,
  name: text(200).catch(''),
  owner_id: id.optional().catch(undefined),
  /** The channel for Discord's own messages, such as that somebody has joined. */
  system_channel_id: id.nullish().catch(null),
  /** The role that Discord makes for an app has its bot in `tags`: https://discord.com/developers/docs/topics/permissions#role-object-role-tags-structure */
  roles: z
    .array(z.object({ id, tags: z.object({ bot_id: id.optional() }).optional().catch(undefined) }))
    .catch([]),
  /** When Convenor joined it; only when the gateway says that it is there. */
  joined_at: z.iso.datetime({ offset: true }).optional().catch(undefined),
  /** Discord has an outage there. */
  unavailable: z.boolean().optional().catch(undefined),
});

/** https://discord.com/developers/docs/events/gateway-events#ready */
export const ready = z.object({
  /** Convenor's own user. */
  user: z.object({ id }),
  guilds: z.array(z.object({ id })),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).default([0, 1]),
});

export type FieldData = z.output<typeof field>;
export type Base = z.output<typeof base>;
export type UserData = z.output<typeof user>;
export type MemberData = z.output<typeof member>;
export type MembershipData = z.output<typeof membership>;
export type ServerRolesData = z.output<typeof serverRoles>;
export type ServerData = z.output<typeof server>;
export type ResolvedData = z.output<typeof resolved>;
export type AttachmentData = z.output<typeof attachment>;
