import type { WebClient } from '@slack/web-api';
import { type Attempt, tryInOrder } from '../../core/async/try-in-order.ts';
import type { Log } from '../../core/base/log.ts';
import type { Audience } from '../../core/message/reply.ts';
import { respond } from './connection/respond.ts';
import type { SlackMessage } from './render.ts';

/** Where an answer goes. */
export interface Spot {
  client: WebClient | undefined;
  user: string;
  /** The channel it was asked in; undefined in Home and where there is none. */
  channel: string | undefined;
  responseUrl: string | undefined;
  /** The pressed message, whose place the answer may take. */
  pressed: { responseUrl?: string | undefined; channel?: string; ts?: string } | undefined;
}

/**
 * Tells an answer where it was asked for, by the first way that works: Slack's `response_url` works in channels that
 * the bot is not in, but only for 30 minutes. What reaches nobody there is told in a direct message. Never throws.
 * @returns whether it was told.
 */
export function tell(
  spot: Spot,
  message: SlackMessage,
  { replaces, audience }: { replaces: boolean; audience: Audience },
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  const ways = [...(replaces ? replacing(spot, message) : []), ...adding(spot, message, audience)];
  return tryInOrder(ways, 'slack did not take an answer', log);
}

/** For everybody who sees the message. */
function replacing({ client, pressed }: Spot, message: SlackMessage): Attempt[] {
  const { responseUrl, channel, ts } = pressed ?? {};
  const ways: Attempt[] = [];
  if (responseUrl) ways.push(() => respond(responseUrl, { ...message, replace_original: true }));
  if (client && channel && ts) {
    ways.push(() => client.chat.update({ channel, ts, ...message }));
  }
  return ways;
}

function adding(spot: Spot, message: SlackMessage, audience: Audience): Attempt[] {
  const { client, user, channel, responseUrl } = spot;
  const ways: Attempt[] = [];
  if (responseUrl) {
    const seen = audience === 'everyone' ? 'in_channel' : 'ephemeral';
    const rest = { response_type: seen, replace_original: false };
    ways.push(() => respond(responseUrl, { ...message, ...rest }));
  }
  const post = { ...message, unfurl_links: false, unfurl_media: false };
  if (client && channel && audience === 'everyone') {
    ways.push(() => client.chat.postMessage({ channel, ...post }));
  } else if (client && channel) {
    ways.push(() => client.chat.postEphemeral({ channel, user, ...message }));
  }
  // A user's id stands for their direct message with the bot.
  if (client) ways.push(() => client.chat.postMessage({ channel: user, ...post }));
  return ways;
}
