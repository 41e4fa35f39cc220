import type { z } from 'zod';
import type { Place } from '../../core/message/invocation.ts';
import { permalink } from './blocks/permalink.ts';
import type {
  Heard,
  HeardCommand,
  HeardHome,
  HeardPress,
  HeardQuery,
  HeardShortcut,
  HeardSubmission,
  Standing,
} from './heard.ts';
import { type base, command, opened, press, query, shortcut, submission } from './payloads.ts';
import { PLATFORM } from './platform.ts';
import { typedText } from './typed-text.ts';

/** @returns undefined for what Slack would not send. */
export function heardCommand(body: unknown): HeardCommand | undefined {
  const { data } = command.safeParse(body);
  if (!data) return undefined;
  return {
    key: `slack-${data.trigger_id}`,
    team: data.team_id,
    domain: data.team_domain,
    // In this payload it is a text: https://docs.slack.dev/interactivity/implementing-slash-commands
    enterprise:
      data.is_enterprise_install === 'true' ? (data.enterprise_id ?? undefined) : undefined,
    user: data.user_id,
    home: data.team_id,
    place: placeOf(data.team_id, data.channel_id),
    trigger: data.trigger_id,
    responseUrl: data.response_url,
    on: undefined,
    name: data.command,
    text: typedText(data.text),
  };
}

/** @returns undefined for what Slack would not send. */
export function heardPress(body: unknown): HeardPress | undefined {
  const { data } = press.safeParse(body);
  const [action] = data?.actions ?? [];
  const heard = data && heardOf(data, `${data.trigger_id}-${action?.action_id}`, data.channel?.id);
  return heard && action && { ...heard, on: standingOf(data), action };
}

function standingOf({
  view,
  channel: place,
  container,
}: z.output<typeof press>): Standing | undefined {
  if (view) return view.type === 'home' ? { kind: 'home' } : { kind: 'modal', view: view.id };
  if (container.is_ephemeral) return { kind: 'ephemeral' };
  const { message_ts: ts } = container;
  return place && ts !== undefined ? { kind: 'message', channel: place.id, ts } : undefined;
}

/** @returns undefined for what Slack would not send. */
export function heardSubmission(body: unknown): HeardSubmission | undefined {
  const { data } = submission.safeParse(body);
  const heard = data && heardOf(data, `${data.view.id}-${data.view.hash}`);
  return heard && { ...heard, view: data.view };
}

/** @returns undefined for what Slack would not send. */
export function heardQuery(body: unknown): HeardQuery | undefined {
  const { data } = query.safeParse(body);
  const heard = data && heardOf(data, '');
  return heard && { ...heard, typed: data.value, block_id: data.block_id, view: data.view };
}

/** @returns undefined for what Slack would not send. */
export function heardShortcut(body: unknown): HeardShortcut | undefined {
  const { data } = shortcut.safeParse(body);
  const heard = data && heardOf(data, data.trigger_id, data.channel.id);
  if (!heard) return undefined;
  const { text, user: author } = data.message;
  const link = permalink(heard.domain, data.channel.id, data.message);
  return { ...heard, message: { text: typedText(text), user: author, link } };
}

/** @returns undefined for what Slack would not send, and for its other tabs. */
export function heardHome(body: unknown): HeardHome | undefined {
  const { data } = opened.safeParse(body);
  if (!data || (data.event.tab ?? 'home') !== 'home') return undefined;
  const [install] = data.authorizations ?? [];
  const enterprise = install?.is_enterprise_install ? install.enterprise_id : undefined;
  const heard = homeHeard(data.team_id, data.event.user, `slack-${data.event_id}`);
  return { ...heard, enterprise: enterprise ?? undefined };
}

/** Somebody's Home, as if they had opened it. */
export function homeHeard(team: string, user: string, key: string): HeardHome {
  return {
    key,
    team,
    domain: '',
    enterprise: undefined,
    user,
    home: team,
    place: directPlace(team, user),
    trigger: undefined,
    responseUrl: undefined,
    on: undefined,
  };
}

function heardOf(data: z.output<typeof base>, key: string, channelId?: string): Heard | undefined {
  const place = teamOf(data);
  if (place === undefined) return undefined;
  return {
    key: `slack-${key}`,
    team: place,
    domain: data.team?.domain ?? '',
    enterprise: data.is_enterprise_install ? data.enterprise?.id : undefined,
    user: data.user.id,
    home: data.user.team_id ?? place,
    place: channelId === undefined ? directPlace(place, data.user.id) : placeOf(place, channelId),
    trigger: data.trigger_id,
    responseUrl: data.response_url,
    on: undefined,
  };
}

function teamOf(data: {
  team?: { id: string } | null | undefined;
  user: { team_id?: string | undefined };
}): string | undefined {
  return data.team?.id ?? data.user.team_id;
}

function placeOf(workspace: string, channelId: string): Place {
  return {
    platform: PLATFORM,
    workspace,
    channel: channelId,
    direct: channelId.startsWith('D'),
  };
}

/** Where somebody is who is in no channel (Home, a modal): Slack takes a user's id for their direct message. */
function directPlace(workspace: string, userId: string): Place {
  return { platform: PLATFORM, workspace, channel: userId, direct: true };
}
