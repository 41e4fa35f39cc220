import { LRUCache } from 'lru-cache';

const MAX_CHANNELS = 20_000;

/** The channel of a person's direct messages with Convenor. */
export interface DirectChannel {
  channel: string;
  /** True if the id comes from memory, so that it may be out of date. */
  isCached: boolean;
}

/** The channels of direct messages. The platforms limit how many can be opened, so their ids are remembered. */
export interface DirectMessages<Person> {
  /** @throws what the platform's client throws; then nothing has been posted. */
  channelOf(person: Person): Promise<DirectChannel>;
  forget(person: Person): void;
}

/**
 * @param open asks the platform for the channel's id.
 * @param keyOf identifies a person.
 */
export function directMessages<Person>(
  open: (person: Person) => Promise<string | undefined>,
  keyOf: (person: Person) => string,
): DirectMessages<Person> {
  const channels = new LRUCache<string, string>({ max: MAX_CHANNELS });
  return {
    async channelOf(person) {
      const key = keyOf(person);
      const known = channels.get(key);
      if (known !== undefined) return { channel: known, isCached: true };
      const channel = await open(person);
      if (channel === undefined) throw new Error('A direct message was opened without an id.');
      channels.set(key, channel);
      return { channel, isCached: false };
    },
    forget: (person) => void channels.delete(keyOf(person)),
  };
}
