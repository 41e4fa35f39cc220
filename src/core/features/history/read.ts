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
 * @param subjects the ids of the partner, the member or the partnership, with those of partners merged into it.
 * @param before undefined: the first page.
 * @param isShown leaves out entries that the reader may not see.
 */
export async function readHistory(
  { subjects, before }: { subjects: readonly string[]; before: Date | undefined },
  isShown: (entry: HistoryEntry) => boolean,
  store: Store,
): Promise<HistoryPage> {
  const range = before && ({ field: 'at', before } as const);
  const entries: HistoryEntry[] = [];
  let end: Date | undefined;
  const entriesOf = (subject: string) => {
    const where = { subject };
    const query = { index: 'bySubject', where, ...(range && { range }), descending: true } as const;
    return store.of(historyEntries).all(query, PAGE_SIZE * 2);
  };
  for await (const entry of newestFirst(subjects.map(entriesOf))) {
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

/** Merges several sequences of entries into one. In each of them, the newest entry comes first. */
async function* newestFirst(
  sequences: readonly AsyncIterable<HistoryEntry>[],
): AsyncGenerator<HistoryEntry> {
  const iterators = sequences.map((sequence) => sequence[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((one) => one.next()));
  for (;;) {
    let newest = -1;
    for (const [index, { done, value }] of heads.entries())
      if (!done && (newest < 0 || value.at > heads[newest]?.value.at)) newest = index;
    const iterator = iterators[newest];
    const head = heads[newest];
    if (!iterator || !head) return;
    yield head.value;
    heads[newest] = await iterator.next();
  }
}
