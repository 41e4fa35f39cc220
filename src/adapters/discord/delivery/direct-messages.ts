import { type APIDMChannel, Routes } from 'discord.js';
import type { Clock } from '../../../core/base/clock.ts';
import { clockCache } from '../../shared/clock-cache.ts';
import { type DirectMessages, directMessages } from '../../shared/direct-messages.ts';
import { CALL_TIMEOUT_MS, type Rest } from '../connection/rest.ts';

/** How long closed direct messages are not tried again. */
const CLOSED_TTL_MS = 600_000;
const MAX_CLOSED_USERS = 20_000;

/** Direct messages by user id: a user has the same channel on all servers. */
export interface DiscordDirectMessages extends DirectMessages<string> {
  /** Whether the user refused direct messages a short while ago. */
  isClosed(user: string): boolean;
  /** Notes that the user refuses direct messages. */
  noteClosed(user: string): void;
}

/** Remembers channels, because Discord limits how many can be opened: https://discord.com/developers/docs/resources/user#create-dm */
export function discordDirectMessages({
  rest,
  clock,
}: {
  rest: Rest;
  clock: Clock;
}): DiscordDirectMessages {
  const closed = clockCache<true>({ clock, max: MAX_CLOSED_USERS, ttlMs: CLOSED_TTL_MS });
  const open = async (user: string) => {
    const options = { body: { recipient_id: user }, timeoutMs: CALL_TIMEOUT_MS };
    const channel = await rest.call<Partial<APIDMChannel>>('POST', Routes.userChannels(), options);
    return channel.id;
  };
  return {
    ...directMessages(open, (user) => user),
    isClosed: (user) => closed.has(user),
    noteClosed: (user) => void closed.set(user, true),
  };
}
