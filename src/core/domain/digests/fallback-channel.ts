import type { ChannelRef } from '../../message/address.ts';
import type { Identity } from '../../message/invocation.ts';
import type { Store } from '../../ports/store.ts';
import { digestId, digests } from './digest.ts';

/**
 * Where somebody whose direct messages are closed can be written to: the channel of the weekly digest, if that is posted
 * in the same workspace.
 */
export async function fallbackChannel(
  { platform, workspace }: Identity,
  store: Store,
): Promise<ChannelRef | undefined> {
  const digest = await store.of(digests).get(digestId(store.partnership, 'weekly'));
  if (!digest?.nextAt) return undefined;
  const { channel } = digest;
  return channel.platform === platform && channel.workspace === workspace ? channel : undefined;
}
