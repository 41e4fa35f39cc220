import { keyTokens } from './name-key.ts';

/** One typed word, ready to be compared. */
export interface TypedWord {
  /** Its words as names are compared; none for a leading "the". */
  tokens: readonly string[];
  /** The same with each hyphen taken as a space; none where there is no hyphen. */
  split: readonly string[];
  /** Emoji and lone marks that stand before it: only a name that has them too may reach over them. */
  marks: readonly string[];
  /** Where it ends in the text, marks such as a dash after it included. */
  end: number;
}

/** No word of a name is longer. */
const LONGEST = 120;

/** The words that a name at the start of a text could be made of. */
export interface Typed {
  words: TypedWord[];
  /** The text has no more words. */
  all: boolean;
}

/** Takes up to `most` words from the start of a text. */
export function typedWords(text: string, most: number): Typed {
  const typed: Typed = { words: [], all: true };
  const { words } = typed;
  let marks: string[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const end = index + word.length;
    const last = words.at(-1);
    if (last && marks.length === 0 && /^[-–—:,;.]+$/.test(word)) {
      last.end = end;
      continue;
    }
    if (words.length === most || word.length > LONGEST) return { ...typed, all: false };
    const tokens = keyTokens(word);
    if (tokens.length === 0) {
      if (marks.push(word) === most) return { ...typed, all: false };
      continue;
    }
    const isThe = words.length === 0 && tokens.length === 1 && tokens[0] === 'the';
    const parted = word.replace(/[-\u2010\u2011]/g, ' ');
    const split = isThe || parted === word ? [] : keyTokens(parted);
    words.push({ tokens: isThe ? [] : tokens, split, marks, end });
    marks = [];
  }
  return typed;
}
