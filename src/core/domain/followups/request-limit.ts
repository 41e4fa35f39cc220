import { type RateLimit, rateLimit } from '../../async/rate-limit.ts';
import { UserError } from '../../message/user-error.ts';
import type { Stores } from '../../ports/store.ts';

/** How many requests to take something on a member can send to others in an hour. */
const MAX_REQUESTS_PER_HOUR = 20;
const HOUR_MS = 3_600_000;

/** One limit for all that use the same stores. It is in the memory of this process. */
const limits = new WeakMap<Stores, RateLimit>();

/**
 * Counts a request to somebody else.
 * @param id derived from the command, so that a repeated run counts once.
 * @throws UserError if the member has sent too many within an hour.
 */
export function countRequest(
  { member, id }: { member: string; id: string },
  { stores, now }: { stores: Stores; now: Date },
): void {
  const limit = limits.get(stores) ?? rateLimit({ max: MAX_REQUESTS_PER_HOUR, periodMs: HOUR_MS });
  limits.set(stores, limit);
  if (limit.take(member, id, now)) return;
  throw new UserError(
    `You have asked others for ${MAX_REQUESTS_PER_HOUR} things in an hour. Give them some time to answer, and try again later.`,
    'who',
  );
}
