import { type APIDMChannel, Routes } from 'discord.js';
import type { Clock } from '../../core/base/clock.ts';
import { CALL_LIMIT, type Rest } from './connection/rest.ts';

/** How many people's direct messages are held in memory. */
const MOST_HELD = 20_000;

/** Whose direct messages were closed is not tried again for so long (ms). */
const CLOSED = 600_000;

/** The ids of the direct messages between Convenor and people, who are the same on all servers. */
export interface DirectMessages {
  known(user: string): string | undefined;
  /** Asks Discord. @throws as the client does; nothing has been posted then. */
  open(user: string): Promise<string>;
  forget(user: string): void;
  /** Whether somebody did not take direct messages a short while ago. */
  isClosed(user: string): boolean;
  /** Somebody does not take them. */
  closed(user: string): void;
}

interface Held {
  channel?: string;
  closedUntil?: number;
}

/** Asks once for each person: opening many is limited. https://discord.com/developers/docs/resources/user#create-dm */
export function directMessages({ rest, clock }: { rest: Rest; clock: Clock }): DirectMessages {
  const held = new Map<string, Held>();
  const hold = (user: string, entry: Held) => {
    held.delete(user);
    held.set(user, entry);
    if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
  };
  return {
    known: (user) => held.get(user)?.channel,
    async open(user) {
      const how = { body: { recipient_id: user }, limit: CALL_LIMIT };
      const told = await rest.call<Partial<APIDMChannel>>('POST', Routes.userChannels(), how);
      const { id: channel } = told;
      if (channel === undefined) throw new Error('Discord opened a conversation without an id.');
      hold(user, { ...held.get(user), channel });
      return channel;
    },
    forget: (user) => void held.delete(user),
    isClosed: (user) => (held.get(user)?.closedUntil ?? 0) > clock.now().getTime(),
    closed(user) {
      hold(user, { ...held.get(user), closedUntil: clock.now().getTime() + CLOSED });
    },
  };
}
