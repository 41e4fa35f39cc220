import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/base/clock.ts';
import { cachedLookup, clockCache } from '../shared/clock-cache.ts';
import { isUnknownChannel, lacksScope } from './connection/errors.ts';

/** Convenor notices within this time that somebody has left a channel. */
const LOOKUP_TTL_MS = 60_000;
const MAX_CHANNELS = 500;
/** Slack takes less than 1,000: https://docs.slack.dev/reference/methods/conversations.members */
const PAGE_SIZE = 999;
const MAX_PAGES = 50;

/** Who is in a channel. Slack tells it with the scope `channels:read`, or `groups:read` for private channels. */
export interface ChannelMembers {
  /**
   * Whether a user is in a channel; at most a minute old. Nobody is in a channel that Slack does not find.
   * @throws if Slack does not tell.
   */
  has(ref: { team: string; channel: string }, user: string, client: WebClient): Promise<boolean>;
  /**
   * Tries whether Slack tells who is in a channel.
   * @returns what to do about it if it does not, in words for a coordinator; undefined if it does.
   */
  problemOf(channel: string, client: WebClient): Promise<string | undefined>;
}

export function createChannelMembers({ clock }: { clock: Clock }): ChannelMembers {
  const lookups = clockCache<Promise<ReadonlySet<string>>>({
    clock,
    max: MAX_CHANNELS,
    ttlMs: LOOKUP_TTL_MS,
  });

  function lookUp(key: string, channel: string, client: WebClient): Promise<ReadonlySet<string>> {
    return cachedLookup(lookups, key, async () => {
      try {
        return await fetchMembers(channel, client);
      } catch (error) {
        if (isUnknownChannel(error)) return new Set();
        throw error;
      }
    });
  }

  return {
    async has({ team, channel }, user, client) {
      return (await lookUp(`${team}/${channel}`, channel, client)).has(user);
    },
    async problemOf(channel, client) {
      try {
        await client.conversations.members({ channel, limit: 1 });
        return undefined;
      } catch (error) {
        if (isUnknownChannel(error))
          return 'If it is a private channel, type /invite @Convenor there, and try again.';
        if (lacksScope(error))
          return 'Install me in this workspace again, and allow me to see who is in a channel: channels:read, and groups:read if it is private.';
        return "Slack doesn't tell me at the moment. Please try again in a minute.";
      }
    },
  };
}

/** @throws what the client throws, or if the channel has more people than Convenor reads. */
async function fetchMembers(channel: string, client: WebClient): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let cursor = '';
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await client.conversations.members({
      channel,
      limit: PAGE_SIZE,
      ...(cursor === '' ? {} : { cursor }),
    });
    for (const user of page.members ?? []) members.add(user);
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') return members;
  }
  throw new Error('That channel has too many people.');
}
