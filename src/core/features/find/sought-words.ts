import type { Directory } from '../../domain/directory/directory.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { termsOf } from '../../domain/search-terms/terms.ts';
import { nameIndexOf } from '../../names/name-index.ts';

/** A shorter word is looked for as it is: too many words begin with it. */
const MIN_START_LENGTH = 3;

/** A hyphen between two whole words: "garden-plan", but not "co-op". */
const COMPOUND = /(?<=[\p{L}\p{N}]{3})[-\u2010\u2011](?=[\p{L}\p{N}]{3})/gu;

/** One of the words that somebody looks for. */
export interface SoughtWord {
  term: string;
  /** Longer words that begin with it are meant too: people stop typing before the end. */
  isStart: boolean;
  /** Ids of the partners with the word in a name: what is about them need not have it. */
  partners: ReadonlySet<string>;
}

/** Reads what to look for: all of these words. The last one may be the start of a word. */
export function readSoughtWords(text: string, directory: Directory): SoughtWord[] {
  const terms = termsOf(text.replace(COMPOUND, ' ').replace(/[-\u2010\u2011]/g, ''));
  return terms.map((term, at) => {
    const isStart = at === terms.length - 1 && term.length >= MIN_START_LENGTH;
    return { term, isStart, partners: partnersNamed({ term, isStart }, directory) };
  });
}

/** Whether a word of a text is the sought one. */
export const isSought = (term: string, sought: Pick<SoughtWord, 'term' | 'isStart'>): boolean =>
  sought.isStart ? term.startsWith(sought.term) : term === sought.term;

function partnersNamed(
  sought: Pick<SoughtWord, 'term' | 'isStart'>,
  { partners }: Directory,
): Set<Partner['id']> {
  const ids = new Set<string>();
  // The last letter of a term can differ from that of the word: communities, community.
  const start = sought.term.slice(0, -1);
  for (const [token, spellings] of nameIndexOf(partners).byToken)
    if (token.startsWith(start) && termsOf(token).some((term) => isSought(term, sought)))
      for (const { item } of spellings) ids.add(item.id);
  return ids;
}
