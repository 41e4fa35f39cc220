import { z } from 'zod';

/** Slack's ids. A payload with other ids does not come from Slack, and is ignored. */
const team = z.string().regex(/^[TE][A-Z0-9]{1,30}$/);
const user = z.string().regex(/^[UW][A-Z0-9]{1,30}$/);
const channel = z.string().regex(/^[CDG][A-Z0-9]{1,30}$/);
const file = z.string().regex(/^F[A-Z0-9]{1,30}$/);
const id = z.string().min(1).max(500);
const url = z.string().max(2000).optional();

/** A slash command: https://docs.slack.dev/interactivity/implementing-slash-commands */
export const slashCommand = z.object({
  command: z.string().max(100),
  text: z.string().default(''),
  team_id: team,
  team_domain: z.string().default(''),
  user_id: user,
  channel_id: channel,
  trigger_id: id,
  response_url: url,
  is_enterprise_install: z.string().optional(),
  enterprise_id: team.nullish().catch(undefined),
});

/** The fields of all interactive payloads. `team` may be null if Convenor is installed in a whole organisation. */
export const base = z.object({
  team: z.object({ id: team, domain: z.string().default('') }).nullish(),
  user: z.object({ id: user, team_id: team.optional() }),
  trigger_id: id.optional(),
  response_url: url,
  is_enterprise_install: z.boolean().optional(),
  enterprise: z.object({ id: team }).nullish(),
});

/** A pressed button or picked option: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const buttonPress = base.extend({
  trigger_id: id,
  actions: z
    .array(
      z.object({
        action_id: id,
        selected_option: z.object({ value: z.string() }).nullable().catch(null),
      }),
    )
    .min(1),
  channel: z.object({ id: channel }).optional(),
  container: z.object({
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  view: z.object({ id, type: z.string() }).optional(),
});

/** The value of a field, by the kind of its element: https://docs.slack.dev/reference/block-kit/block-elements */
const picked = z.object({ value: z.string() });
const field = z.object({
  value: z.string().nullish(),
  selected_option: picked.nullish(),
  selected_options: z.array(picked).nullish(),
  selected_user: user.nullish(),
  selected_conversation: channel.nullish(),
  selected_date: z.string().max(10).nullish(),
  selected_time: z.string().max(5).nullish(),
  files: z.array(z.object({ id: file })).nullish(),
});
const values = z.record(z.string(), z.record(z.string(), field));
/** A submitted modal: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const formSubmission = base.extend({
  view: z.object({
    id,
    hash: z.string().default(''),
    callback_id: z.string().default(''),
    private_metadata: z.string().default(''),
    state: z.object({ values }),
  }),
});

/** A field that suggests choices: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const autocomplete = base.extend({
  value: z.string().max(500).default(''),
  block_id: id,
  view: z.object({ callback_id: z.string() }),
});

/** A shortcut in the menu of a message: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const messageShortcut = base.extend({
  trigger_id: id,
  channel: z.object({ id: channel }),
  message: z.object({
    text: z.string().default(''),
    user: user.optional().catch(undefined),
    ts: z.string(),
    thread_ts: z.string().optional(),
  }),
});

/** A shortcut from anywhere. It comes from no channel: https://docs.slack.dev/interactivity/implementing-shortcuts */
export const globalShortcut = base.extend({ trigger_id: id });

/** https://docs.slack.dev/reference/events/app_home_opened */
export const homeTab = z.object({
  event_id: id,
  team_id: team,
  authorizations: z
    .array(
      z.object({ enterprise_id: team.nullish(), is_enterprise_install: z.boolean().optional() }),
    )
    .optional()
    .catch(undefined),
  event: z.object({ user, tab: z.string().optional() }),
});

/**
 * A message in a direct conversation, or one that mentions the bot: https://docs.slack.dev/reference/events/message.im and
 * https://docs.slack.dev/reference/events/app_mention
 */
export const chatMessage = z.object({
  team_id: team,
  authorizations: z.array(
    z.object({
      enterprise_id: team.nullish(),
      is_enterprise_install: z.boolean().optional(),
      /** The bot's own user. */
      user_id: user,
    }),
  ),
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    /** Other subtypes are changes, or written by Slack or an app: https://docs.slack.dev/reference/events/message#subtypes */
    subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
    channel,
    user,
    text: z.string().default(''),
    ts: z.string(),
    thread_ts: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.unknown().optional(),
    files: z
      .array(z.object({ id: file.optional(), name: z.string().nullish() }).catch({}))
      .optional()
      .catch(undefined),
  }),
});

/** The fields of a user that matter: https://docs.slack.dev/reference/objects/user-object */
export const slackUser = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
  /** When the user last changed, in Unix seconds. */
  updated: z.number().optional(),
});
export type SlackUser = z.output<typeof slackUser>;

/** https://docs.slack.dev/reference/events/user_change */
export const userChange = z.object({
  team_id: team,
  event: z.object({ user: slackUser.extend({ id: user }) }),
});

/**
 * What an installation in an organisation serves has changed: https://docs.slack.dev/reference/events/team_access_granted and
 * https://docs.slack.dev/reference/events/team_access_revoked
 */
export const teamAccess = z.object({
  enterprise_id: team.nullish(),
  event_time: z.number(),
  event: z.object({ type: z.string(), team_ids: z.array(team) }),
});

/** https://docs.slack.dev/reference/events/app_uninstalled and https://docs.slack.dev/reference/events/tokens_revoked */
export const uninstall = z.object({
  team_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  event_time: z.number(),
  authorizations: z
    .array(z.object({ is_enterprise_install: z.boolean().optional() }))
    .nullish()
    .catch(null),
  event: z.object({
    type: z.string(),
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
  }),
});
