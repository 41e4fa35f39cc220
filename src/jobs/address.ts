import type { Delivery } from '../core/domain/deliveries/delivery.ts';
import { digestId, digests } from '../core/domain/digests/digest.ts';
import type { Member } from '../core/domain/members/member.ts';
import { hasIdentity, identityFor } from '../core/domain/members/written-to.ts';
import type { Address, Otherwise } from '../core/message/address.ts';
import type { Identity } from '../core/message/invocation.ts';
import type { Store } from '../core/ports/store.ts';
import type { JobContext } from './due-row-handler.ts';

/** Where a member is reached, and what to do there when their direct messages are closed. Null: nowhere. */
export async function addressOf(member: Member | undefined, store: Store): Promise<Address | null> {
  const identity = member?.active ? identityFor(member) : undefined;
  if (!member || !identity) return null;
  const otherwise = member.closed ? await channelFor(identity, member.closed, store) : undefined;
  return { to: 'user', identity, ...(otherwise && { otherwise }) };
}

/** In the channel of the weekly digest, where that is posted in the same workspace. */
async function channelFor(
  { platform, workspace }: Identity,
  how: Otherwise['how'],
  store: Store,
): Promise<Otherwise | undefined> {
  const digest = await store.of(digests).get(digestId(store.partnership, 'weekly'));
  if (!digest?.nextAt) return undefined;
  const { channel } = digest;
  const isHere = channel.platform === platform && channel.workspace === workspace;
  return isHere ? { how, channel } : undefined;
}

/** Where a standing message was to go, if that is still the recipient's: a channel, or an identity of theirs. */
export function standingAddress(
  { address, recipient }: Pick<Delivery, 'address' | 'recipient'>,
  { directory }: Pick<JobContext, 'directory'>,
): Address | undefined {
  if (address?.to === 'channel') return address;
  const member = directory.member(recipient);
  const isTheirs = address && member?.active && hasIdentity(member, address.identity);
  return isTheirs ? address : undefined;
}
