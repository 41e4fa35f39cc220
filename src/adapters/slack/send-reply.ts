import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Alternative, tryInOrder } from '../../core/async/try-in-order.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Audience } from '../../core/message/reply.ts';
import { respond } from './connection/respond.ts';
import type { SlackInput } from './input/input.ts';
import type { SlackMessage } from './render/message.ts';

/** Where an answer goes. */
export interface ReplyTarget {
  client: WebClient | undefined;
  user: string;
  /** The channel of the request; undefined in Home and in modals. */
  channel: string | undefined;
  /** The thread for a message of its own, as the `ts` of its first message. */
  thread: string | undefined;
  /** The message that it answers, if one was typed. An answer for everybody opens a thread there. */
  said: string | undefined;
  responseUrl: string | undefined;
  /** The message whose button was pressed. The answer may replace it. */
  pressed: { responseUrl?: string | undefined; channel?: string; ts?: string } | undefined;
}

/** The target of the answer to an input. @param client undefined if it is not known. */
export function replyTarget(
  { place, source, responseUrl, user, thread, said }: SlackInput,
  client: WebClient | undefined,
): ReplyTarget {
  const isChannel = /^[CDG]/.test(place.channel);
  return {
    client,
    user,
    channel: isChannel ? place.channel : undefined,
    thread,
    said: place.direct ? undefined : said?.ts,
    responseUrl,
    pressed:
      source?.kind === 'message'
        ? { responseUrl, channel: source.channel, ts: source.ts }
        : source?.kind === 'ephemeral'
          ? { responseUrl }
          : undefined,
  };
}

/**
 * Sends an answer to where the request came from, in the first way that works. Slack's `response_url` works in channels
 * that the bot is not in, but only for 30 minutes. The last way is a direct message. Never throws.
 * @returns whether it was sent.
 */
export function sendReply(
  target: ReplyTarget,
  message: SlackMessage,
  { replaces, audience }: { replaces: boolean; audience: Audience },
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  const alternatives = [
    ...(replaces ? waysToReplace(target, message) : []),
    ...waysToPost(target, message, audience),
  ];
  return tryInOrder(alternatives, 'slack did not take an answer', log);
}

/** Ways to replace the pressed message, for everybody who sees it. */
function waysToReplace({ client, pressed }: ReplyTarget, message: SlackMessage): Alternative[] {
  const { responseUrl, channel, ts } = pressed ?? {};
  const alternatives: Alternative[] = [];
  if (responseUrl)
    alternatives.push(() => respond(responseUrl, { ...message, replace_original: true }));
  if (client && channel && ts) {
    alternatives.push(() => client.chat.update({ channel, ts, ...message }));
  }
  return alternatives;
}

/** Ways to post a message of its own. */
function waysToPost(target: ReplyTarget, message: SlackMessage, audience: Audience): Alternative[] {
  const { client, user, channel, thread, said, responseUrl } = target;
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  const alternatives: Alternative[] = [];
  if (responseUrl) {
    const response_type = audience === 'everyone' ? 'in_channel' : 'ephemeral';
    const options = { response_type, replace_original: false, ...inThread };
    alternatives.push(() => respond(responseUrl, { ...message, ...options }));
  }
  const post = { ...message, unfurl_links: false, unfurl_media: false };
  if (client && channel?.startsWith('D')) {
    // Nobody else is there, and an ephemeral message is gone after a while.
    alternatives.push(() => client.chat.postMessage({ channel, ...inThread, ...post }));
  } else if (client && channel && audience === 'everyone') {
    const answered = thread ?? said;
    const place = { channel, ...(answered !== undefined && { thread_ts: answered }) };
    alternatives.push(() => client.chat.postMessage({ ...place, ...post }));
  } else if (client && channel) {
    alternatives.push(() => client.chat.postEphemeral({ channel, user, ...inThread, ...message }));
  }
  // Slack takes a user's id for their direct message with the bot.
  if (client) alternatives.push(() => client.chat.postMessage({ channel: user, ...post }));
  return alternatives;
}

/** Opens a modal. @returns its id; undefined if it was not opened, for example because it is too late. Never throws. */
export async function openModal(
  client: WebClient,
  triggerId: string | undefined,
  view: ModalView,
  log: Pick<Log, 'warn'>,
): Promise<string | undefined> {
  if (triggerId === undefined) return undefined;
  try {
    return (await client.views.open({ trigger_id: triggerId, view })).view?.id;
  } catch (error) {
    log.warn(errorFields(error), 'slack did not open a form');
    return undefined;
  }
}

/** Replaces the view of an open modal. @returns whether it was replaced: somebody may have closed it. Never throws. */
export async function updateModal(
  client: WebClient,
  id: string,
  view: ModalView,
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  try {
    await client.views.update({ view_id: id, view });
    return true;
  } catch (error) {
    log.warn(errorFields(error), 'slack did not change a form');
    return false;
  }
}
