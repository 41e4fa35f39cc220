import { type APIDMChannel, Routes } from 'discord.js';
import { CALL_LIMIT, type Rest } from './rest.ts';

/** How many people's direct messages are held in memory. */
const MOST_HELD = 20_000;

/** The ids of the direct messages between Convenor and people, who are the same on all servers. */
export interface DirectMessages {
  known(user: string): string | undefined;
  /** Asks Discord. @throws as the client does; nothing has been posted then. */
  open(user: string): Promise<string>;
  forget(user: string): void;
}

/** Asks once for each person: opening many is limited. https://discord.com/developers/docs/resources/user#create-dm */
export function directMessages(rest: Rest): DirectMessages {
  const held = new Map<string, string>();
  return {
    known: (user) => held.get(user),
    async open(user) {
      const body = { recipient_id: user };
      const { id } = await rest.call<Partial<APIDMChannel>>('POST', Routes.userChannels(), {
        body,
        limit: CALL_LIMIT,
      });
      if (id === undefined) throw new Error('Discord opened a conversation without an id.');
      held.set(user, id);
      if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
      return id;
    },
    forget: (user) => void held.delete(user),
  };
}
