import type { Clock } from '../core/base/clock.ts';
import type { Adapter, Outgoing, SendResult } from '../core/ports/platform.ts';
import { within } from './within.ts';

/** How long the platform may take to answer (ms): under half the lease, so that nobody else starts meanwhile. */
export const SEND_TIMEOUT_MS = 2_000;

/** Adapters by platform. */
export type Adapters = ReadonlyMap<string, Adapter>;

/** The adapter of the platform an address is on, if this process has it. */
export function adapterFor(address: Outgoing['address'], adapters: Adapters): Adapter | undefined {
  return adapters.get(address.to === 'user' ? address.identity.platform : address.channel.platform);
}

/**
 * Sends once, if the deadline that the ledger shows has not passed: then somebody else may have taken over.
 * Whatever goes wrong on the way leaves it unknown whether the message was posted.
 */
export async function sendOnce(
  adapter: Adapter,
  message: Outgoing,
  deadline: Date,
  clock: Clock,
): Promise<SendResult> {
  const left = deadline.getTime() - clock.now().getTime();
  if (left <= 0) return { outcome: 'later', ms: 0 };
  try {
    return await within(Math.min(left, SEND_TIMEOUT_MS), adapter.send(message));
  } catch {
    return { outcome: 'unknown' };
  }
}

/** What became of a message of which nobody heard: its id where it is, `missing`, or `untold` if the platform does not say. */
export async function findSent(
  adapter: Adapter,
  message: Outgoing,
): Promise<{ id: string } | 'missing' | 'untold'> {
  try {
    const id = await within(SEND_TIMEOUT_MS, adapter.find(message));
    return id === undefined ? 'missing' : { id };
  } catch {
    return 'untold';
  }
}
