import { deliveries } from '../../core/domain/deliveries/delivery.ts';
import type { Outgoing } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';

/** How many pages of a conversation are searched. A message further back counts as not found. */
const MAX_PAGES = 4;

/** How far the platform's clock may be behind the store's. */
const MAX_CLOCK_SKEW_MS = 300_000;

/** The earliest time at which the platform can have posted a delivery (ms since 1970); undefined if there is no row. */
export async function earliestPostMs(
  { delivery, partnership }: Outgoing,
  stores: Stores,
): Promise<number | undefined> {
  const row = await stores.forPartnership(partnership).of(deliveries).get(delivery);
  return row && row.createdAt.getTime() - MAX_CLOCK_SKEW_MS;
}

/** One page of a conversation, the newest message first. */
export interface HistoryPage<Message> {
  messages: readonly Message[];
  /** Where the next page begins; undefined if there is none. */
  next: string | undefined;
}

/** The newest message of a conversation that is the wanted one. @throws what `readPage` throws. */
export async function findInHistory<Message>(
  readPage: (cursor: string | undefined) => Promise<HistoryPage<Message>>,
  isWanted: (message: Message) => boolean,
): Promise<Message | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { messages, next } = await readPage(cursor);
    const found = messages.find(isWanted);
    if (found || next === undefined) return found;
    cursor = next;
  }
  return undefined;
}
