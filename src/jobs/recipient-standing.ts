import { withTimeoutOrThrow } from '../core/async/with-timeout.ts';
import { noteProfile } from '../core/domain/standing/note-profile.ts';
import type { Address } from '../core/message/address.ts';
import type { Identity, Profile } from '../core/message/invocation.ts';
import type { JobContext } from './due-row-handler.ts';
import type { Timings } from './timings.ts';

/** Whether a message may go to an address now. `out`: not to this identity. `unknown`: the platform does not say. */
export type RecipientStanding = 'in' | 'out' | 'unknown';

/**
 * Looks, just before a message is sent, whether its recipient still has access. If they have just lost it, this is
 * recorded, and coordinators are told.
 */
export async function recipientStanding(
  address: Address,
  context: JobContext,
  { sendTimeoutMs }: Timings,
): Promise<RecipientStanding> {
  if (address.to === 'channel') return 'in';
  const { identity } = address;
  const profile = await fetchProfile(identity, context.adapters, sendTimeoutMs);
  // No wake: the next sweep finds the notices soon enough.
  const { is } = await noteProfile(identity, profile, { ...context, wake: () => {} });
  return is === 'in' || is === 'unknown' ? is : 'out';
}

/** What the platform says of a user now; undefined if it does not answer in time (ms), or this process cannot ask it. */
export async function fetchProfile(
  identity: Identity,
  adapters: JobContext['adapters'],
  timeoutMs: number,
): Promise<Profile | undefined> {
  const asking = adapters.get(identity.platform)?.profileOf(identity);
  return withTimeoutOrThrow(timeoutMs, Promise.resolve(asking)).catch(() => undefined);
}
