import {
  isFirstName,
  isNoteWord,
  isOnlyVerb,
  isOrganisationWord,
  isPlace,
  isTitle,
  startsClause,
} from './everyday-words.ts';

/** How many words after a name are looked at. */
const MAX_TAIL_WORDS = 6;

/** More words that nobody knows are seldom a name. */
const MAX_UNKNOWN_WORDS = 3;

const isEveryday = (word: string): boolean =>
  isNoteWord(word) || isFirstName(word) || /[^\p{L}\p{N}\p{M}'’().,;:!?&"“”-]/u.test(word);

/** Words between two parts of a name: `Age UK Carlisle and Eden`. */
const BETWEEN = /^(?:and|&|of|for|at|in|upon|on)$/i;

/** What is known of the words after a name. */
interface TailContext {
  /** The name that was found, as it was typed, with the marks after it. */
  typed: string;
  /** Whether a word is in the name of another item. */
  isInOtherName(word: string): boolean;
}

/**
 * Whether the words after a name may be the rest of a longer name: `Age UK` before `Hull rang` may be Age UK Hull. Words
 * that begin an account (`met`, `about`, `our`), people, and common words of notes are not.
 */
export function mayContinueName(rest: string, { typed, isInOtherName }: TailContext): boolean {
  const mark = /[\s"“”)]*([-–—,:;.!?])[\s"“”)]*$/.exec(typed)?.[1];
  if (mark !== undefined && /[:;.!?]/.test(mark)) return false;
  const { words, isBeforeVerb, isLinked } = tailOf(rest);
  const [first] = words;
  if (first === undefined || !/^["“'‘(]?[\p{L}\p{N}]/u.test(first)) return false;
  const isPerson = isTitle(first) || isFirstName(first);
  const isShouted = !/\p{Ll}/u.test(`${typed} ${rest}`);
  const isName = (word: string): boolean =>
    isPlace(word) || isInOtherName(word) || (!isShouted && isCapitalized(word));
  // A mark after the name ends it, but for "Age UK, Hull rang".
  if (mark !== undefined) return !isPerson && isName(first) && isBeforeVerb;
  if (isLinked) return !isPerson && (isName(first) || isOrganisationWord(first));
  if (words.some(isOrganisationWord)) return true;
  if (isPerson) return false;
  if (isName(first) || words.some((word) => isPlace(word) || isInOtherName(word))) return true;
  // "Oakfield zumba rang": in small letters, only the verb shows that somebody is named.
  return isBeforeVerb && words.length <= MAX_UNKNOWN_WORDS && !words.some(isEveryday);
}

/** The words before the next verb, clause or mark. */
function tailOf(rest: string): { words: string[]; isBeforeVerb: boolean; isLinked: boolean } {
  const words: string[] = [];
  let isLinked = false;
  for (const { 0: word } of rest.slice(0, MAX_TAIL_LENGTH).matchAll(/\S+/g)) {
    if (words.length === 0 && BETWEEN.test(word)) {
      isLinked = true;
      continue;
    }
    if (words.length === MAX_TAIL_WORDS) break;
    if (startsClause(word) || BETWEEN.test(word))
      return { words, isBeforeVerb: isOnlyVerb(word), isLinked };
    words.push(word);
    if (/[.,:;!?–—]$/.test(word)) break;
  }
  return { words, isBeforeVerb: false, isLinked };
}

const MAX_TAIL_LENGTH = 400;

/** Whether a word has a capital that is not the one of a common word: `Hull`, `16th`. */
function isCapitalized(word: string): boolean {
  return /^["“'‘(]?\p{Lu}/u.test(word) && !isEveryday(word);
}
