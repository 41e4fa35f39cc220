import type { MemberView } from '../wire.ts';
import { keyOf } from './spot.ts';

const KEY = 'convenor.seen';

/** How many messages of others have been seen, by spot. */
export type Seen = Readonly<Record<string, number>>;

/** What this browser remembers; nothing, if it may not. */
export function readSeen(): Seen {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Seen;
  } catch {
    return {};
  }
}

/** Remembers, if the browser may. */
export function keepSeen(seen: Seen): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(seen));
  } catch {
    // A browser that keeps nothing shows badges again after a reload; that is all.
  }
}

/** How many messages in a place a member has not seen. After starting afresh there may be fewer than were seen. */
export function unread(seen: Seen, member: MemberView, place: string): number {
  const heard = member.activity[place]?.heard ?? 0;
  const known = seen[keyOf({ as: member.id, place })] ?? 0;
  return known > heard ? heard : heard - known;
}
