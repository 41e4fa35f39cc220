import { ApplicationCommandType, InteractionType } from 'discord.js';
import { z } from 'zod';

/** Ids as Discord gives them: https://discord.com/developers/docs/reference#snowflakes */
const id = z.string().regex(/^\d{15,20}$/);
const text = (most: number) => z.string().max(most);

/** What every interaction that can be answered has. */
export const head = z.object({
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

/** A member of a server, who stands beside the user in some payloads: https://discord.com/developers/docs/resources/guild#guild-member-object */
const membership = z.object({
  nick: text(100).nullish().catch(null),
  roles: z.array(z.string()).max(500).catch([]),
  /** What they may do, as a number in text; only where an interaction tells of them. */
  permissions: z
    .string()
    .regex(/^\d{1,25}$/)
    .optional()
    .catch(undefined),
});

/** A member as Discord's API gives one: https://discord.com/developers/docs/resources/guild#get-guild-member */
export const member = membership.extend({ user });

const attachment = z.object({ url: z.string().max(2000), size: z.number() });

/** A message, as a message's menu brings it. */
const message = z.object({
  id,
  content: text(10_000).catch(''),
  author: user.optional().catch(undefined),
});

/** What the ids in an interaction stand for: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
const resolved = z
  .object({
    users: z.record(z.string(), user).optional().catch(undefined),
    members: z.record(z.string(), membership).optional().catch(undefined),
    messages: z.record(z.string(), message).optional().catch(undefined),
    attachments: z.record(z.string(), attachment).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

/** What all interactions share: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
const base = head.extend({
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

/** A typed option; or a subcommand, or a group of them, with options of its own. */
const option = plainOption.extend({
  options: z
    .array(plainOption.extend({ options: z.array(plainOption).max(25).optional() }))
    .max(25)
    .optional(),
});

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-application-command-data-structure */
const typed = z.object({
  name: text(32),
  options: z.array(option).max(25).default([]),
  resolved,
});

export const command = base.extend({
  type: z.literal(InteractionType.ApplicationCommand),
  data: typed.extend({ type: z.literal(ApplicationCommandType.ChatInput) }),
});

export const query = base.extend({
  type: z.literal(InteractionType.ApplicationCommandAutocomplete),
  data: typed,
});

/** A message's menu. */
export const shortcut = base.extend({
  type: z.literal(InteractionType.ApplicationCommand),
  data: z.object({
    type: z.literal(ApplicationCommandType.Message),
    name: text(32),
    target_id: id,
    resolved,
  }),
});

/** A pressed button or picked option: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-message-component-data-structure */
export const press = base.extend({
  type: z.literal(InteractionType.MessageComponent),
  data: z.object({
    custom_id: text(100),
    values: z.array(z.string()).max(25).optional(),
    resolved,
  }),
  message: z.object({ id }),
});

const box = z.object({
  type: z.number(),
  custom_id: text(100),
  value: z.string().nullish().catch(null),
  values: z.array(z.string()).max(25).optional().catch(undefined),
});

/** A submitted modal: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure */
export const submission = base.extend({
  type: z.literal(InteractionType.ModalSubmit),
  data: z.object({
    custom_id: text(100),
    components: z.array(z.object({ component: box.optional().catch(undefined) })).max(10),
    resolved,
  }),
  /** The message whose button opened it. */
  message: z.object({ id }).optional().catch(undefined),
});

/** A server that Convenor is on, or is not on any more: https://discord.com/developers/docs/events/gateway-events#guild-create */
export const server = z.object({
  id,
  name: text(200).catch(''),
  /** Discord cannot reach it just now. */
  unavailable: z.boolean().optional().catch(undefined),
});

/** https://discord.com/developers/docs/events/gateway-events#ready */
export const ready = z.object({
  guilds: z.array(z.object({ id })),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).default([0, 1]),
});

export type Base = z.output<typeof base>;
export type UserData = z.output<typeof user>;
export type MembershipData = z.output<typeof membership>;
export type ResolvedData = z.output<typeof resolved>;
export type AttachmentData = z.output<typeof attachment>;
