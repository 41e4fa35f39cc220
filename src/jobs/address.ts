import type { Delivery } from '../core/domain/deliveries/delivery.ts';
import { fallbackChannel } from '../core/domain/digests/fallback-channel.ts';
import { lossOf } from '../core/domain/members/identity-access.ts';
import { hasIdentity, identityToWriteTo, type Member } from '../core/domain/members/member.ts';
import type { Address } from '../core/message/address.ts';
import type { Identity } from '../core/message/invocation.ts';
import type { Adapter } from '../core/ports/platform.ts';
import type { Adapters, JobContext } from './due-row-handler.ts';

/**
 * Where to write to a member, and what to do if they accept no direct messages there. Null: there is no way to reach them.
 * @param refusedBy identities that have refused the message.
 */
export async function addressOf(
  member: Member | undefined,
  { store, adapters }: Pick<JobContext, 'store' | 'adapters'>,
  refusedBy: readonly Identity[] = [],
): Promise<Address | null> {
  const identity = member?.active ? identityFor(member, adapters, refusedBy) : undefined;
  if (!member || !identity) return null;
  const how = member.dmFallback;
  const channel = how ? await fallbackChannel(identity, store) : undefined;
  return { to: 'user', identity, ...(how && channel && { fallback: { how, channel } }) };
}

/** A refusal does not lead to a platform that is not configured: the refused identity is tried again instead. */
function identityFor(
  member: Member,
  adapters: Adapters,
  refusedBy: readonly Identity[],
): Identity | undefined {
  const identity = identityToWriteTo(member, refusedBy);
  return identity && !adapters.has(identity.platform)
    ? identityToWriteTo({ ...member, refusals: null }, refusedBy)
    : identity;
}

/** The address of an earlier attempt, if it is a channel, or an identity of the recipient that still has access. */
export function previousAddress(
  { address, recipient }: Pick<Delivery, 'address' | 'recipient'>,
  { directory }: Pick<JobContext, 'directory'>,
): Address | undefined {
  if (address?.to === 'channel') return address;
  const member = directory.member(recipient);
  const isTheirs =
    address &&
    member?.active &&
    hasIdentity(member, address.identity) &&
    !lossOf(member, address.identity);
  return isTheirs ? address : undefined;
}

/** A file goes into direct messages only: a mention in a channel cannot have it, and a thread has other members. */
export function withoutFallback(address: Address): Address {
  return address.to === 'user' ? { to: 'user', identity: address.identity } : address;
}

/** The adapter of an address's platform, if this process has it. */
export function adapterFor(address: Address, adapters: Adapters): Adapter | undefined {
  return adapters.get(address.to === 'user' ? address.identity.platform : address.channel.platform);
}
