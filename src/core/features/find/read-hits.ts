import { setImmediate } from 'node:timers/promises';
import { inBatches } from '../../async/collect.ts';
import type { Day } from '../../dates/day.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  type Viewer,
} from '../../domain/members/visibility.ts';
import { REMOVED_TITLE } from '../../domain/retention/note-retention.ts';
import { type SearchTerm, searchTerms, sourceOf } from '../../domain/search-terms/search-term.ts';
import { termsOf } from '../../domain/search-terms/terms.ts';
import { getAll, type Row, type Store } from '../../ports/store.ts';
import { isSought, type SoughtWord } from './sought-words.ts';

/** How many hits a page has. */
const PAGE_SIZE = 8;
/** How many notes and titles with one of the words are read for one page. More would keep people waiting. */
const MAX_READ = 1000;
const BATCH_SIZE = 100;
/** How many rows of one term are read at once, where there are many terms. */
const MIN_ROWS_OF_TERM = 10;
/** How many words that begin with a typed one are looked for. */
const MAX_COMPLETIONS = 40;

/** A note or a promise with the words. */
export type Hit = { cursor: string; day: Day } & ({ contact: Contact } | { followup: Followup });

/** Some hits, newest first. */
export interface HitPage {
  hits: Hit[];
  /** Where the next page begins; undefined: there is no more. */
  next?: string;
  /** The day to which was looked, if that was a lot and the page is not full. */
  lookedBackTo?: Day;
  /** The word that more words begin with than are looked for. */
  tooShort?: string;
}

/** Reads the notes and promises that have all of the words and that somebody may see. @param before the end of the last page */
export async function readHits(
  words: readonly SoughtWord[],
  before: string | undefined,
  viewer: Viewer,
  store: Store,
): Promise<HitPage> {
  const { terms, tooShort } = await termsToRead(words, store);
  const found: HitPage = { hits: [], ...(tooShort !== undefined && { tooShort }) };
  let read = 0;
  for await (const batch of inBatches(newestFirst(terms, before, store), BATCH_SIZE)) {
    for (const hit of await hitsOf(batch, words, viewer, store)) {
      if (found.hits.length === PAGE_SIZE) return { ...found, ...nextOf(found.hits) };
      found.hits.push(hit);
    }
    read += batch.length;
    const last = batch.at(-1);
    if (read >= MAX_READ && last && found.hits.length < PAGE_SIZE)
      return { ...found, next: cursorOf(last), lookedBackTo: last.day };
    // Reads block the event loop, so other work runs between two batches.
    await setImmediate();
  }
  return found;
}

const nextOf = (hits: readonly Hit[]): Pick<HitPage, 'next'> => {
  const last = hits.at(-1);
  return last ? { next: last.cursor } : {};
};

/**
 * The terms to read: each hit has at least one of them. They are those of the rarest word that must be in the text. If
 * each word is also in a partner's name, they are those of all words.
 */
async function termsToRead(
  words: readonly SoughtWord[],
  store: Store,
): Promise<{ terms: string[]; tooShort?: string }> {
  const needed = words.filter(({ partners }) => partners.size === 0);
  const expanded = await Promise.all(
    (needed.length > 0 ? needed : words).map((word) => expand(word, store)),
  );
  const short = expanded.find(({ isPartial }) => isPartial)?.terms[0];
  const tooShort = short === undefined ? {} : { tooShort: words.at(-1)?.term ?? short };
  if (needed.length === 0)
    return { terms: [...new Set(expanded.flatMap(({ terms }) => terms))], ...tooShort };
  let rarest: { terms: string[]; count: number } | undefined;
  for (const { terms } of expanded) {
    const count = expanded.length === 1 ? 0 : await countOf(terms, store);
    if (!rarest || count < rarest.count) rarest = { terms, count };
  }
  return { terms: rarest?.terms ?? [], ...tooShort };
}

const countOf = async (terms: readonly string[], store: Store): Promise<number> =>
  terms.length === 0 ? 0 : store.of(searchTerms).count({ index: 'byTerm', where: { term: terms } });

/** The kept terms that a word may mean. */
async function expand(
  { term, same, isStart }: SoughtWord,
  store: Store,
): Promise<{ terms: string[]; isPartial: boolean }> {
  const terms = same === undefined ? [] : [same];
  if (!isStart) return { terms: [term, ...terms], isPartial: false };
  const before = `${term}\u{10FFFF}`;
  // Each read skips the rest of a term, which may have many rows.
  for (let range: { from: string } | { after: string } = { from: term }; ; ) {
    const { rows } = await store
      .of(searchTerms)
      .find({ index: 'byTerm', range: { field: 'term', ...range, before } }, 1);
    const next = rows[0]?.term;
    if (next === undefined) return { terms, isPartial: false };
    if (terms.length >= MAX_COMPLETIONS) return { terms, isPartial: true };
    terms.push(next);
    range = { after: next };
  }
}

/** A row's place in the order of all terms, newest first. Terms of the same row have the same one. */
const cursorOf = ({ id, day }: SearchTerm): string => {
  const { collection, id: source } = sourceOf({ id });
  return `${day} ${collection} ${source}`;
};

/** The rows of several terms in one order, each source once. */
async function* newestFirst(
  terms: readonly string[],
  before: string | undefined,
  store: Store,
): AsyncGenerator<SearchTerm> {
  const range =
    before === undefined ? {} : { range: { field: 'day', to: before.slice(0, 10) } as const };
  const pageSize = Math.max(MIN_ROWS_OF_TERM, Math.ceil(BATCH_SIZE / terms.length));
  const streams = terms.map((term) =>
    store
      .of(searchTerms)
      .all({ index: 'byTerm', where: { term }, descending: true, ...range }, pageSize)
      [Symbol.asyncIterator](),
  );
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  let last = before;
  for (;;) {
    let newest = -1;
    let cursor = '';
    for (const [at, head] of heads.entries()) {
      if (head.done) continue;
      const own = cursorOf(head.value);
      if (newest >= 0 && own <= cursor) continue;
      newest = at;
      cursor = own;
    }
    const [head, stream] = [heads[newest], streams[newest]];
    if (!head || !stream || head.done) return;
    if (last === undefined || cursor < last) {
      last = cursor;
      yield head.value;
    }
    heads[newest] = await stream.next();
  }
}

/** Those of some rows that have all the words, and are not hidden. */
async function hitsOf(
  terms: readonly SearchTerm[],
  words: readonly SoughtWord[],
  viewer: Viewer,
  store: Store,
): Promise<Hit[]> {
  const sources = terms.map((row) => ({ ...sourceOf(row), cursor: cursorOf(row), day: row.day }));
  const idsOf = (collection: string) =>
    sources.filter((source) => source.collection === collection).map(({ id }) => id);
  const byId = <T extends Row>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  const [noted, promised] = await Promise.all([
    getAll(store.of(contacts), idsOf(contacts.name)).then(byId),
    getAll(store.of(followups), idsOf(followups.name)).then(byId),
  ]);
  return sources.flatMap(({ id, cursor, day }): Hit[] => {
    const contact = noted.get(id);
    if (contact) {
      const isHit =
        !isContactHiddenFrom(viewer, contact) && hasAll(words, contact.note ?? '', contact.partner);
      return isHit ? [{ cursor, day, contact }] : [];
    }
    const followup = promised.get(id);
    const isHit =
      followup &&
      followup.title !== REMOVED_TITLE &&
      !isFollowupHiddenFrom(viewer, followup) &&
      hasAll(words, followup.title, followup.partner);
    return isHit ? [{ cursor, day, followup }] : [];
  });
}

function hasAll(words: readonly SoughtWord[], text: string, partner: string | null): boolean {
  const terms = termsOf(text);
  return words.every(
    (word) =>
      (partner !== null && word.partners.has(partner)) ||
      terms.some((term) => isSought(term, word)),
  );
}
