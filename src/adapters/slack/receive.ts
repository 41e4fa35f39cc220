import { z } from 'zod';
import type { Place, RawArgs } from '../../core/invocation.ts';
import { PLATFORM } from './platform.ts';
import { typedText } from './typed-text.ts';

/** Somebody did something in Slack. */
export interface Heard {
  /** Names this delivery. */
  key: string;
  /** Team id of the workspace it happened in, and what to call it until its name is known. */
  team: string;
  domain: string;
  user: string;
  /** The user's own team: another one for people from elsewhere. */
  home: string;
  place: Place;
  /** Opens a modal, once and within 3 s: https://docs.slack.dev/interactivity/handling-user-interaction#composing */
  trigger: string | undefined;
  /** Takes up to 5 answers in 30 minutes: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responseUrl: string | undefined;
  /** What a pressed button stands on. */
  on: Standing | undefined;
}

/** Where a pressed button stands. */
export type Standing =
  | { kind: 'message'; channel: string; ts: string }
  /** A message that only its reader sees. */
  | { kind: 'ephemeral' }
  | { kind: 'home' }
  | { kind: 'modal'; view: string };

/** A typed slash command. */
export interface HeardCommand extends Heard {
  /** With its slash. */
  name: string;
  text: string;
}

/** A pressed button or picked option, as Slack has it. */
export interface HeardPress extends Heard {
  action: { action_id: string; selected_option?: { value?: string } | null };
}

/** A submitted modal. */
export interface HeardSubmission extends Heard {
  view: { id: string; private_metadata: string; state: { values: Values } };
}

/** A letter more has been typed into a box that offers choices. */
export interface HeardQuery {
  team: string;
  typed: string;
  arg: string;
  view: { private_metadata: string };
}

/** "Log this" of a message's menu. */
export interface HeardShortcut extends Heard {
  message: { text: string; user: string | undefined; link: string | undefined };
}

/** Somebody has opened the App Home. */
export type HeardHome = Heard;

type Values = Record<string, Record<string, unknown>>;

/** Ids as Slack gives them. What is not one comes from nobody we know, and is left alone. */
const team = z.string().regex(/^[TE][A-Z0-9]{1,30}$/);
const user = z.string().regex(/^[UW][A-Z0-9]{1,30}$/);
const channel = z.string().regex(/^[CDG][A-Z0-9]{1,30}$/);
const id = z.string().min(1).max(500);
const url = z.string().max(2000).optional();

const command = z.object({
  command: z.string().max(100),
  text: z.string().default(''),
  team_id: team,
  team_domain: z.string().default(''),
  user_id: user,
  channel_id: channel,
  trigger_id: id,
  response_url: url,
});

/** What all interactive payloads share. In an organisation's install `team` may be null. */
const base = z.object({
  team: z.object({ id: team, domain: z.string().default('') }).nullish(),
  user: z.object({ id: user, team_id: team.optional() }),
  trigger_id: id,
  response_url: url,
});

const press = base.extend({
  actions: z
    .array(
      z.object({
        action_id: id,
        selected_option: z.object({ value: z.string().optional() }).nullish(),
      }),
    )
    .min(1),
  channel: z.object({ id: channel }).optional(),
  container: z.object({ message_ts: z.string().optional(), is_ephemeral: z.boolean().optional() }),
  view: z.object({ id, type: z.string() }).optional(),
});

const values = z.record(z.string(), z.record(z.string(), z.unknown()));
const submission = base.extend({
  trigger_id: id.optional(),
  view: z.object({
    id,
    hash: z.string().default(''),
    private_metadata: z.string().default(''),
    state: z.object({ values }),
  }),
});

const query = base.partial({ trigger_id: true }).extend({
  value: z.string().max(500).default(''),
  action_id: id,
  block_id: id,
  view: z.object({ private_metadata: z.string() }),
});

const shortcut = base.extend({
  channel: z.object({ id: channel }),
  message: z.object({
    text: z.string().default(''),
    user: user.optional().catch(undefined),
    ts: z.string(),
    thread_ts: z.string().optional(),
  }),
});

const opened = z.object({
  event_id: id,
  team_id: team,
  event: z.object({ user, tab: z.string().optional() }),
});

/** @returns undefined for what Slack would not send. */
export function heardCommand(body: unknown): HeardCommand | undefined {
  const { data } = command.safeParse(body);
  if (!data) return undefined;
  return {
    key: `slack-${data.trigger_id}`,
    team: data.team_id,
    domain: data.team_domain,
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
  const place = data && teamOf(data);
  return place && { team: place, typed: data.value, arg: data.action_id, view: data.view };
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
  return homeHeard(data.team_id, data.event.user, `slack-${data.event_id}`);
}

/** Somebody's Home, as if they had opened it. */
export function homeHeard(team: string, user: string, key: string): HeardHome {
  const nothing = { trigger: undefined, responseUrl: undefined, on: undefined };
  return { key, team, domain: '', user, home: team, place: directPlace(team, user), ...nothing };
}

/** The command and args of "Log this": the form, with what the message says in its note. */
export function logOf(
  { message: { text, user: author, link } }: HeardShortcut,
  nameOf: (user: string) => string | undefined,
): { command: string; args: RawArgs } {
  const words = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  const by = author === undefined ? undefined : nameOf(author);
  const from = [by, link].filter((part) => part !== undefined).join(', ');
  const note = [words, from && `(${from})`].filter(Boolean).join('\n');
  return { command: 'log', args: { form: 'yes', note } };
}

/** Characters of a message that a note takes: leaves room for words of one's own. */
const LONGEST_QUOTE = 1500;

function heardOf(
  data: z.output<typeof base> | (Omit<z.output<typeof base>, 'trigger_id'> & { trigger_id?: string }),
  key: string,
  channelId?: string,
): Heard | undefined {
  const place = teamOf(data);
  if (place === undefined) return undefined;
  return {
    key: `slack-${key}`,
    team: place,
    domain: data.team?.domain ?? '',
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

/** A message's address, as Slack's "Copy link" gives it. */
function permalink(
  domain: string,
  channelId: string,
  { ts, thread_ts: thread }: { ts: string; thread_ts?: string | undefined },
): string | undefined {
  if (!/^[a-z0-9-]+$/.test(domain) || !/^\d+\.\d+$/.test(ts)) return undefined;
  const at = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return thread === undefined || !/^\d+\.\d+$/.test(thread) || thread === ts
    ? at
    : `${at}?thread_ts=${thread}&cid=${channelId}`;
}
