import type { MemberView } from '../wire.ts';
import { routeKey } from './route.ts';

const STORAGE_KEY = 'convenor.seen';

/** How many messages of others have been read, by route. */
export type ReadCounts = Readonly<Record<string, number>>;

/** Reads them from the browser's storage; empty if it has none, or may not keep any. */
export function loadReadCounts(): ReadCounts {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as ReadCounts;
  } catch {
    return {};
  }
}

/** Keeps them in the browser's storage, if that is allowed. */
export function saveReadCounts(counts: ReadCounts): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(counts));
  } catch {
    // Without storage, badges come back after a reload.
  }
}

/** How many messages in a place a member has not read. After a reset there may be fewer than were read before. */
export function unreadCount(counts: ReadCounts, member: MemberView, place: string): number {
  const received = member.activity[place]?.received ?? 0;
  const read = counts[routeKey({ as: member.id, place })] ?? 0;
  return read > received ? received : received - read;
}
