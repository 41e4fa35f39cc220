import type { Outgoing } from '../../../core/ports/platform.ts';
import type { Stores } from '../../../core/ports/store.ts';
import type { DirectMessages } from '../direct.ts';
import type { PrivateThreads } from './private-threads.ts';

/** What the id of a message ends with that only calls somebody. */
export const CALL = 'call';

/** Where a message stands. */
export interface Place {
  channel: string | undefined;
  /** What stands at the end of the message's id. */
  mark?: typeof CALL;
}

/** The id of a message, as the ledger keeps it: `channel/message`. */
export function idOf(channel: string, message: string, mark: Place['mark']): string {
  return [channel, message, mark].filter((part) => part !== undefined).join('/');
}

/** What looking for messages works with. */
interface Whereabouts {
  direct: DirectMessages;
  threads: PrivateThreads;
  stores: Stores;
}

/** Where a message may have been posted, each found when it is looked through. */
export function placesOf(
  { address, partnership }: Outgoing,
  { direct, threads, stores }: Whereabouts,
): (() => Promise<Place>)[] {
  if (address.to === 'channel') return [async () => ({ channel: address.channel.channel })];
  const { identity, otherwise } = address;
  const { user } = identity;
  const own = async () => ({ channel: direct.known(user) ?? (await direct.open(user)) });
  if (!otherwise) return [own];
  const { how, channel: at } = otherwise;
  if (how === 'mention') return [own, async () => ({ channel: at.channel, mark: CALL })];
  const store = stores.forPartnership(partnership);
  return [own, async () => ({ channel: await threads.known(identity, at.channel, store) })];
}
