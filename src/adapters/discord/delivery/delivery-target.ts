import type { Outgoing } from '../../../core/ports/platform.ts';
import type { Stores } from '../../../core/ports/store.ts';
import type { DirectChannel } from '../../shared/direct-messages.ts';
import type { DiscordDirectMessages } from './direct-messages.ts';
import type { PrivateThreads } from './private-threads.ts';

/** Ends the id of a message that only mentions somebody in a channel. */
export const MENTION_ONLY = 'call';

/** Where a message is posted. */
export interface DeliveryTarget extends DirectChannel {
  /** Set if the message only mentions the person, and does not say what it is about. */
  mode?: typeof MENTION_ONLY;
}

export interface TargetDeps {
  direct: DiscordDirectMessages;
  threads: PrivateThreads;
  stores: Stores;
}

/** The id of a message in the delivery ledger: `channel/message`, or `channel/message/call`. */
export function messageId(channel: string, message: string, mode: DeliveryTarget['mode']): string {
  return [channel, message, mode].filter((part) => part !== undefined).join('/');
}

/** Where a message is posted now. If the person's direct messages are closed, that is where their address says. */
export async function deliveryTarget(
  { address, partnership }: Outgoing,
  { direct, threads, stores }: TargetDeps,
): Promise<DeliveryTarget> {
  if (address.to === 'channel') return { channel: address.channel.channel, isCached: false };
  const { identity, fallback } = address;
  if (!fallback || !direct.isClosed(identity.user)) return direct.channelOf(identity.user);
  const { channel } = fallback.channel;
  if (fallback.how === 'mention') return { channel, mode: MENTION_ONLY, isCached: false };
  const store = stores.forPartnership(partnership);
  return { channel: await threads.open(identity, channel, store), isCached: false };
}

/** Where a message may have been posted. `channel` is undefined if there is no such channel. */
export function possibleTargets(
  { address, partnership }: Outgoing,
  { direct, threads, stores }: TargetDeps,
): (() => Promise<Partial<DeliveryTarget>>)[] {
  if (address.to === 'channel') return [async () => ({ channel: address.channel.channel })];
  const { identity, fallback } = address;
  const own = () => direct.channelOf(identity.user);
  if (!fallback) return [own];
  const { channel } = fallback.channel;
  if (fallback.how === 'mention') return [own, async () => ({ channel, mode: MENTION_ONLY })];
  const store = stores.forPartnership(partnership);
  const inThread = async () => {
    const thread = await threads.find(identity, channel, store);
    return thread === undefined ? {} : { channel: thread };
  };
  return [own, inThread];
}
