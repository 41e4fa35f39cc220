import type { z } from 'zod';
import type { Place } from '../../../core/message/invocation.ts';
import { addressedLine } from '../../shared/addressed-line.ts';
import { PLATFORM } from '../connection/platform.ts';
import type {
  Autocomplete,
  ButtonPress,
  ButtonSource,
  ChatMessage,
  FormSubmission,
  HomeOpened,
  MessageShortcut,
  SlackInput,
  SlashCommand,
  TeamAccess,
  Uninstall,
  UserChange,
} from './input.ts';
import * as payloads from './payloads.ts';
import { typedText } from './typed-text.ts';

// Each function returns undefined if the payload is not one that Slack sends.

export function readSlashCommand(body: unknown): SlashCommand | undefined {
  const { data } = payloads.slashCommand.safeParse(body);
  if (!data) return undefined;
  return {
    key: `slack-${data.trigger_id}`,
    team: data.team_id,
    teamDomain: data.team_domain,
    // This payload has strings: https://docs.slack.dev/interactivity/implementing-slash-commands
    enterprise:
      data.is_enterprise_install === 'true' ? (data.enterprise_id ?? undefined) : undefined,
    user: data.user_id,
    place: placeOf(data.team_id, data.channel_id),
    triggerId: data.trigger_id,
    responseUrl: data.response_url,
    source: undefined,
    name: data.command,
    text: typedText(data.text),
  };
}

export function readButtonPress(body: unknown): ButtonPress | undefined {
  const { data } = payloads.buttonPress.safeParse(body);
  const [action] = data?.actions ?? [];
  const input = data && inputOf(data, `${data.trigger_id}-${action?.action_id}`, data.channel?.id);
  const thread = data?.container.thread_ts;
  return input && action && { ...input, source: sourceOf(data), thread, action };
}

function sourceOf({
  view,
  channel,
  container,
}: z.output<typeof payloads.buttonPress>): ButtonSource | undefined {
  if (view) return view.type === 'home' ? { kind: 'home' } : { kind: 'modal', view: view.id };
  if (container.is_ephemeral) return { kind: 'ephemeral' };
  const { message_ts: ts } = container;
  return channel && ts !== undefined ? { kind: 'message', channel: channel.id, ts } : undefined;
}

export function readFormSubmission(body: unknown): FormSubmission | undefined {
  const { data } = payloads.formSubmission.safeParse(body);
  const input = data && inputOf(data, `${data.view.id}-${data.view.hash}`);
  return input && { ...input, view: data.view };
}

export function readAutocomplete(body: unknown): Autocomplete | undefined {
  const { data } = payloads.autocomplete.safeParse(body);
  const input = data && inputOf(data, '');
  return input && { ...input, typed: data.value, block_id: data.block_id, view: data.view };
}

export function readShortcut(body: unknown): MessageShortcut | undefined {
  const { data } = payloads.messageShortcut.safeParse(body);
  const input = data && inputOf(data, data.trigger_id, data.channel.id);
  if (!input) return undefined;
  const { text, user } = data.message;
  const link = permalink(input.teamDomain, data.channel.id, data.message);
  const { thread_ts: thread } = data.message;
  return { ...input, thread, message: { text: typedText(text), user, link } };
}

export function readGlobalShortcut(body: unknown): SlackInput | undefined {
  const { data } = payloads.globalShortcut.safeParse(body);
  return data && inputOf(data, data.trigger_id);
}

/** Slack has a user of its own, which writes to everybody. */
const SLACKBOT = 'USLACKBOT';

/** @returns undefined also for what bots and Slack write, and for messages that were changed. */
export function readMessage(body: unknown): ChatMessage | undefined {
  const { data } = payloads.chatMessage.safeParse(body);
  const [install] = data?.authorizations ?? [];
  if (!data || !install) return undefined;
  const { team_id: team, event } = data;
  const { user, channel, ts, thread_ts: thread } = event;
  const isBot = event.bot_id !== undefined || user === install.user_id || user === SLACKBOT;
  if (isBot || event.edited !== undefined) return undefined;
  // A direct message with a mention may come as both events.
  const isDirect = channel.startsWith('D');
  if (event.type === 'message' && !isDirect) return undefined;
  const { line: text, isInPassing } = addressedLine(typedText(event.text), `<@${install.user_id}>`);
  return {
    key: `slack-${channel}-${ts}`,
    team,
    teamDomain: '',
    enterprise: install.is_enterprise_install ? (install.enterprise_id ?? undefined) : undefined,
    user,
    place: placeOf(team, channel),
    triggerId: undefined,
    responseUrl: undefined,
    source: undefined,
    thread,
    said: { ts, isInPassing: isInPassing && !isDirect },
    text,
    isFileOnly: text === '' && (event.files?.length ?? 0) > 0,
    list: listIn(event.files),
  };
}

/** Files that hold a list of partners, or that its sentence says how to save as one. */
const LIST_NAME = /\.(?:xlsx?|xlsm|ods|csv|tsv|txt)$/i;

function listIn(
  files: z.output<typeof payloads.chatMessage>['event']['files'] = [],
): ChatMessage['list'] {
  for (const { id, name } of files)
    if (id !== undefined && name && LIST_NAME.test(name)) return { id, name };
  return undefined;
}

/** @returns undefined also for the other tabs of the App Home. */
export function readHomeOpened(body: unknown): HomeOpened | undefined {
  const { data } = payloads.homeTab.safeParse(body);
  if (!data || (data.event.tab ?? 'home') !== 'home') return undefined;
  const [install] = data.authorizations ?? [];
  const enterprise = install?.is_enterprise_install ? install.enterprise_id : undefined;
  const input = homeOpened(data.team_id, data.event.user, `slack-${data.event_id}`);
  return { ...input, enterprise: enterprise ?? undefined };
}

/** The input of a user who opens their Home. */
export function homeOpened(team: string, user: string, key: string): HomeOpened {
  return {
    key,
    team,
    teamDomain: '',
    enterprise: undefined,
    user,
    place: directPlace(team, user),
    triggerId: undefined,
    responseUrl: undefined,
    source: undefined,
  };
}

export function readUserChange(body: unknown): UserChange | undefined {
  const { data } = payloads.userChange.safeParse(body);
  return data && { team: data.team_id, user: data.event.user };
}

export function readTeamAccess(body: unknown): TeamAccess | undefined {
  const { data } = payloads.teamAccess.safeParse(body);
  if (!data) return undefined;
  return {
    enterprise: data.enterprise_id ?? undefined,
    teams: data.event.team_ids,
    isGranted: data.event.type === 'team_access_granted',
    at: new Date(data.event_time * 1000),
  };
}

/** @returns undefined also if only tokens of users were revoked: the bot's own token still works then. */
export function readUninstall(body: unknown): Uninstall | undefined {
  const { data } = payloads.uninstall.safeParse(body);
  if (!data) return undefined;
  if (data.event.type === 'tokens_revoked' && !data.event.tokens?.bot?.length) return undefined;
  const [install] = data.authorizations ?? [];
  const holder = {
    team: data.team_id,
    enterprise: data.enterprise_id ?? undefined,
    isEnterpriseInstall: install?.is_enterprise_install === true,
  };
  return { holder, at: new Date(data.event_time * 1000) };
}

function inputOf(
  data: z.output<typeof payloads.base>,
  key: string,
  channel?: string,
): SlackInput | undefined {
  const { user } = data;
  const team = data.team?.id ?? user.team_id;
  if (team === undefined) return undefined;
  return {
    key: `slack-${key}`,
    team,
    teamDomain: data.team?.domain ?? '',
    enterprise: data.is_enterprise_install ? data.enterprise?.id : undefined,
    user: user.id,
    place: channel === undefined ? directPlace(team, user.id) : placeOf(team, channel),
    triggerId: data.trigger_id,
    responseUrl: data.response_url,
    source: undefined,
  };
}

function placeOf(workspace: string, channel: string): Place {
  return { platform: PLATFORM, workspace, channel, direct: channel.startsWith('D') };
}

/** The place of a user who is in no channel (Home, a modal). Slack takes a user's id for their direct message. */
function directPlace(workspace: string, user: string): Place {
  return { platform: PLATFORM, workspace, channel: user, direct: true };
}

/** The address of a message, like that of Slack's "Copy link"; undefined if a part of it is not known. */
function permalink(
  domain: string,
  channel: string,
  { ts, thread_ts: thread }: { ts: string; thread_ts?: string | undefined },
): string | undefined {
  if (!/^[a-z0-9-]+$/.test(domain) || !/^\d+\.\d+$/.test(ts)) return undefined;
  const address = `https://${domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  return thread === undefined || !/^\d+\.\d+$/.test(thread) || thread === ts
    ? address
    : `${address}?thread_ts=${thread}&cid=${channel}`;
}
