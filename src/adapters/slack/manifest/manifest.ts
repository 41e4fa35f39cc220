import type { Command, Commands } from '../../../core/command/command.ts';

/** A scope that the bot asks for, and the reason, which docs/slack.md quotes. */
export interface Scope {
  scope: string;
  reason: string;
  /** The person who installs the app may decline it: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
  optional?: true;
}

/** The manifest and the installation by OAuth ask for exactly these scopes. */
export const botScopes: readonly Scope[] = [
  {
    scope: 'commands',
    reason:
      'to offer its slash commands, "Log this" in the menu of a message, and its shortcuts beside the box where one writes',
  },
  { scope: 'chat:write', reason: 'to write: answers, reminders, briefs and the digest' },
  { scope: 'im:write', reason: 'to open the direct conversation in which it reminds a member' },
  {
    scope: 'im:history',
    reason:
      'to read its own direct conversations, and only those: to answer what somebody types there, and, when a connection breaks, to see whether a reminder arrived before it sends it again',
  },
  {
    scope: 'app_mentions:read',
    reason:
      'to answer messages that mention it (`@Convenor`) in a channel that it was invited to. It reads no other message there',
  },
  {
    scope: 'users:read',
    reason: "to know members' names and time zones, and who is a guest or has left",
  },
  {
    scope: 'files:write',
    reason:
      'to send somebody a file that they asked for, such as what is held about them, in their direct conversation, and to delete it a day later. It can be declined: then there are no files',
    optional: true,
  },
  {
    scope: 'files:read',
    reason:
      'to open a list of partners that somebody chooses in the form of `partner import`, or sends to it and presses the button below it. It opens no other file. It can be declined: then a list is pasted',
    optional: true,
  },
  {
    scope: 'channels:read',
    reason:
      'to see who is in a public channel, if only its members may join Convenor (`access`), and whether it may post there before it promises a digest. It can be declined: then no public channel can be chosen, and a digest that cannot be posted is noticed when it is due',
    optional: true,
  },
  {
    scope: 'groups:read',
    reason:
      'to see the same of a private channel that it was invited to. It can be declined: then no private channel can be chosen',
    optional: true,
  },
];

/** The events that Slack sends. `message.im` and `app_mention` need `im:history` and `app_mentions:read`, `user_change` `users:read`, the others no scope. */
const botEvents: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'message.im',
  'app_uninstalled',
  'tokens_revoked',
  'team_access_granted',
  'team_access_revoked',
  'user_change',
];

/** Slash commands that stand for one command of Convenor. */
export const directCommands: readonly { slash: string; command: string }[] = [
  { slash: '/log', command: 'log' },
  { slash: '/followup', command: 'followup add' },
];

/** The id of the message shortcut "Log this". */
export const LOG_THIS = 'log_this';

/** Shortcuts that open the form of a command from anywhere, also from a thread, where slash commands do not work. */
export const globalShortcuts: readonly { id: string; name: string; command: string }[] = [
  { id: 'log_contact', name: 'Log a contact', command: 'log' },
  { id: 'add_followup', name: 'Add a follow-up', command: 'followup add' },
];

/** Where Slack sends everything, if it uses HTTP. */
export const EVENTS_PATH = '/slack/events';
/** Where an installation by OAuth begins. */
export const INSTALL_PATH = '/slack/install';
/** Where it ends. */
export const REDIRECT_PATH = '/slack/oauth_redirect';

/**
 * The app's manifest: https://docs.slack.dev/reference/app-manifest
 * @param options `command`: the slash command that takes any line, with its slash. `url`: where Slack reaches Convenor
 *   by HTTP, without a slash at its end; without it, the app uses Socket Mode.
 */
export function manifestOf(
  commands: Commands,
  { command, url }: { command: string; url?: string },
): Record<string, unknown> {
  const at = url === undefined ? undefined : `${url}${EVENTS_PATH}`;
  return {
    display_information: {
      name: 'Convenor',
      description: 'Keeps a community partnership’s relationships alive.',
      long_description:
        'Convenor helps a community partnership to keep in touch with the organisations it works with. Note a conversation in a line, and Convenor remembers what was promised, reminds whoever promised it, says when it has been quiet for too long, and posts a short digest each week.',
      background_color: '#1f5f4a',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'Convenor', always_online: true },
      shortcuts: [
        {
          name: 'Log this',
          type: 'message',
          callback_id: LOG_THIS,
          description: 'Note what this message says as a contact with a partner.',
        },
        ...globalShortcuts.map(({ id, name, command: named }) => ({
          name,
          type: 'global',
          callback_id: id,
          description: declared(commands, named).summary,
        })),
      ],
      slash_commands: [
        { command, description: 'Everything Convenor can do', usage_hint: namesHint(commands) },
        ...directCommands.map(({ slash, command: name }) =>
          directCommand(slash, declared(commands, name)),
        ),
      ].map((entry) => ({
        ...entry,
        should_escape: true,
        ...(at === undefined ? {} : { url: at }),
      })),
    },
    oauth_config: {
      ...(url === undefined ? {} : { redirect_urls: [`${url}${REDIRECT_PATH}`] }),
      scopes: {
        bot: botScopes.map(({ scope }) => scope),
        bot_optional: botScopes.filter(({ optional }) => optional).map(({ scope }) => scope),
      },
    },
    settings: {
      event_subscriptions: {
        ...(at === undefined ? {} : { request_url: at }),
        bot_events: botEvents,
      },
      interactivity: {
        is_enabled: true,
        ...(at === undefined ? {} : { request_url: at, message_menu_options_url: at }),
      },
      org_deploy_enabled: url !== undefined,
      socket_mode_enabled: url === undefined,
      // With rotation, one process at a time would have to renew the tokens. Instead, they are sealed in the store.
      token_rotation_enabled: false,
    },
  };
}

function declared(commands: Commands, name: string): Command {
  const command = commands.get(name);
  if (!command) throw new Error(`The manifest names "${name}", which is not declared.`);
  return command;
}

function directCommand(slash: string, command: Command) {
  return { command: slash, description: command.summary, usage_hint: argsHint(command) };
}

/** A hint at what can be typed after a command: `[with] [note] next: by:`. */
function argsHint({ args, words = [] }: Command): string {
  const named = Object.entries(args).filter(([name, arg]) => arg.ask && !words.includes(name));
  return [...words.map((name) => `[${name}]`), ...named.map(([name]) => `${name}:`)].join(' ');
}

/** A hint at the first words of all commands: `log, today, followup or help`. */
function namesHint(commands: Commands): string {
  const typed = [...commands.values()].filter(({ examples }) => examples.length > 0);
  const first = new Set(typed.map(({ name }) => name.split(' ')[0] ?? name));
  return `[${[...first].join(' | ')}]`;
}
