import type { WebClient } from '@slack/web-api';
import type { Identity } from '../../core/message/invocation.ts';

/** How many people's direct messages are held in memory. */
const MOST_HELD = 20_000;

/** The ids of the direct messages (`D…`) between Convenor and people. */
export interface DirectMessages {
  known(person: Identity): string | undefined;
  /** Asks Slack. @throws as the client does; nothing has been posted then. */
  open(person: Identity, client: WebClient): Promise<string>;
  forget(person: Identity): void;
}

/** Asks once for each person, since Slack allows some fifty such calls a minute. */
export function directMessages(): DirectMessages {
  const held = new Map<string, string>();
  const keyOf = ({ workspace, user }: Identity) => `${workspace}/${user}`;
  return {
    known: (person) => held.get(keyOf(person)),
    async open(person, client) {
      const { channel } = await client.conversations.open({ users: person.user });
      if (channel?.id === undefined) throw new Error('Slack opened a conversation without an id.');
      held.set(keyOf(person), channel.id);
      if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
      return channel.id;
    },
    forget: (person) => void held.delete(keyOf(person)),
  };
}
