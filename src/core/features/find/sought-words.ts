import type { Directory } from '../../domain/directory/directory.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { soughtTermsOf, termsOf } from '../../domain/search-terms/terms.ts';
import { type Named, nameIndexOf } from '../../names/name-index.ts';

/** A shorter word is looked for as it is: too many words begin with it. */
const MIN_START_LENGTH = 3;

/** A hyphen between two whole words: "garden-plan", but not "co-op". */
const COMPOUND = /(?<=[\p{L}\p{N}]{3})[-\u2010\u2011](?=[\p{L}\p{N}]{3})/gu;

/** One of the words that somebody looks for. */
export interface SoughtWord {
  term: string;
  /** Another word that means the same: `st` for `saint`. */
  same?: string;
  /** Longer words that begin with it are meant too: people stop typing before the end. */
  isStart: boolean;
  /** Ids of the partners with the word in a name: what is about them need not have it. */
  partners: ReadonlySet<string>;
}

/** Reads what to look for: all of these words. The last one may be the start of a word. */
export function readSoughtWords(text: string, directory: Directory): SoughtWord[] {
  const terms = soughtTermsOf(text.replace(COMPOUND, ' ').replace(/[-\u2010\u2011]/g, ''));
  return terms.map((one, at) => {
    const isStart = at === terms.length - 1 && one.term.length >= MIN_START_LENGTH;
    const sought = { ...one, isStart };
    return { ...sought, partners: partnersNamed(sought, directory) };
  });
}

type Sought = Omit<SoughtWord, 'partners'>;

/** Whether a word of a text is the sought one. */
export const isSought = (term: string, { term: typed, same, isStart }: Sought): boolean =>
  term === same || (isStart ? term.startsWith(typed) : term === typed);

function partnersNamed(sought: Sought, { partners }: Directory): Set<Partner['id']> {
  const ids = new Set<string>();
  const { term, same = term } = sought;
  // The last letter of a term can differ from that of the word: communities, community.
  const starts = [term.slice(0, -1), same.slice(0, -1), `o${term.slice(0, -1)}`];
  for (const [token, spellings] of nameIndexOf(partners).byToken) {
    if (!starts.some((start) => token.startsWith(start))) continue;
    const isNamed = termsOf(token).some((one) => isSought(one, sought));
    for (const { item } of spellings)
      if (isNamed || isInApostropheName(sought, item)) ids.add(item.id);
  }
  return ids;
}

/** Whether a name has the word after an apostrophe: "neill" in O'Neill. */
const isInApostropheName = (sought: Sought, { name, aliases }: Named): boolean =>
  [name, ...aliases].some(
    (one) => /['’‘ʼ`´]/.test(one) && termsOf(one).some((term) => isSought(term, sought)),
  );
