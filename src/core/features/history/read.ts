import {
  type HistoryEntry,
  type HistoryWords,
  historyEntries,
  historyWords,
} from '../../domain/history/history-entry.ts';
import { getAll, type Store } from '../../ports/store.ts';

/** How many entries one page shows, at least. */
const PAGE_SIZE = 8;

/** A page of a history, the newest entry first. */
export interface HistoryPage {
  entries: readonly HistoryEntry[];
  /** The free text of the entries that still have it, by id. */
  words: ReadonlyMap<string, HistoryWords>;
  /** The instant before which the next page begins, if there is one. */
  end: Date | undefined;
}

/**
 * Reads a page of the history of a partner, a member or the settings. Entries of the same instant stand on one page, so
 * that the next one can begin before it.
 * @param before undefined: the first page.
 * @param isShown leaves out entries that the reader may not see.
 */
export async function readHistory(
  { subject, before }: { subject: string; before: Date | undefined },
  isShown: (entry: HistoryEntry) => boolean,
  store: Store,
): Promise<HistoryPage> {
  const range = before && ({ field: 'at', before } as const);
  const query = {
    index: 'bySubject',
    where: { subject },
    ...(range && { range }),
    descending: true,
  } as const;
  const entries: HistoryEntry[] = [];
  let end: Date | undefined;
  for await (const entry of store.of(historyEntries).all(query, PAGE_SIZE * 2)) {
    if (!isShown(entry)) continue;
    const last = entries.at(-1);
    if (last && entries.length >= PAGE_SIZE && last.at > entry.at) {
      end = last.at;
      break;
    }
    entries.push(entry);
  }
  const ids = entries.filter(({ changedWords }) => changedWords.length > 0).map(({ id }) => id);
  const words = await getAll(store.of(historyWords), ids);
  return { entries, words: new Map(words.map((row) => [row.id, row])), end };
}
