import { keyTokens } from './name-key.ts';

/** One typed word, ready to be compared. */
export interface TypedWord {
  /** Its words as names are compared; none for a leading "the". */
  tokens: readonly string[];
  /** The same with each hyphen taken as a space. */
  split: readonly string[];
  /** Where it ends in the text, marks such as a dash after it included. */
  end: number;
}

/** No word of a name is longer. */
const LONGEST = 120;

/** The words a name at the start of a text could be made of; `all` says that the text has no more. */
export function typedWords(text: string, most: number): { words: TypedWord[]; all: boolean } {
  const words: TypedWord[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const end = index + word.length;
    const last = words.at(-1);
    if (last && /^[-–—:,;.]+$/.test(word)) {
      last.end = end;
      continue;
    }
    if (words.length === most || word.length > LONGEST) return { words, all: false };
    const tokens = keyTokens(word);
    // An emoji or a lone mark is no part of a name: it belongs to what follows.
    if (tokens.length === 0) return { words, all: false };
    const isThe = words.length === 0 && tokens.length === 1 && tokens[0] === 'the';
    const split = isThe ? [] : keyTokens(word.replace(/[-\u2010\u2011]/g, ' '));
    words.push({ tokens: isThe ? [] : tokens, split, end });
  }
  return { words, all: true };
}
