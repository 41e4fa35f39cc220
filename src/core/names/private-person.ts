import { isFirstName, isNoteWord, isOrganisationWord, isPlace, isTitle } from './everyday-words.ts';
import { MIN_MATCH_WEIGHT, nameTokens, wordWeight } from './name-words.ts';

/** More words are seldom the name of one person. */
const MAX_PERSON_WORDS = 3;

/**
 * Whether a name is probably somebody's own: `Mrs Khan`, `Jane at number 3`, `John Smith`. Some organisations are called
 * like a person, so this is only good enough for a question.
 */
export function looksLikePerson(name: string): boolean {
  const words = nameTokens(name);
  const [first = '', ...others] = words;
  if (words.some(isOrganisationWord)) return false;
  if (/\b(?:at|from) (?:no|number|flat|house) ?\d/.test(words.join(' '))) return true;
  if (isTitle(first)) return others.length > 0 && words.length <= MAX_PERSON_WORDS + 1;
  if (!isFirstName(first)) return false;
  if (/^(?:at|from|next|over|opposite|down)$/.test(others[0] ?? '')) return true;
  return words.length <= MAX_PERSON_WORDS && others.every(isPersonal);
}

/** Whether a word may be part of a person's name, rather than of an organisation's: not `Park` or `Hull`. */
const isPersonal = (word: string): boolean =>
  wordWeight(word) >= MIN_MATCH_WEIGHT &&
  !isPlace(word) &&
  !isNoteWord(word) &&
  /^\p{L}+$/u.test(word);
