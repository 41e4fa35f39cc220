import { trimEnd } from '../base/text.ts';

/** Words that start the account of what happened: a name ends before them. */
const VERBS = new Set(
  `met meet meeting meets called call calls calling rang ring phoned phone emailed email emails wrote texted text
  messaged message visited visit spoke speak talked talk chatted chat saw seen came come coming said says told asked
  asks ask sent send sends had has have is was were are will would about re today yesterday tomorrow tonight no not
  left wants want wanted got gave give offered agreed promised popped dropped bumped joined update catch caught`.split(
    /\s+/,
  ),
);

/** Words inside a name that may be in lower case. */
const JOINERS = new Set('of and & the for in on upon at de la y du a an to with'.split(' '));

const MAX_NAME_WORDS = 8;
/** A text this short may be all name, even in lower case. */
const MAX_ALL_NAME_WORDS = 4;

/**
 * Guesses which words at the start of a text are the name of a new partner: those with capitals, or all before the
 * first verb. The guess is only good enough for a button that offers to add it.
 * @returns the name and the words after it, or undefined if nothing looks like a name.
 */
export function guessName(text: string): { name: string; rest: string } | undefined {
  const words = [...firstWords(text, MAX_NAME_WORDS + 1)];
  const capitalized = countCapitalized(words);
  const count = capitalized > 0 ? capitalized : countBeforeVerb(words);
  const last = words[count - 1];
  if (!last) return undefined;
  const typed = trimEnd(text.slice(words[0]?.start, last.end), ' \n\t,.;:!?–—-');
  const name = capitalized > 0 ? typed : titleCase(typed);
  return /[\p{L}\p{N}]/u.test(name) ? { name, rest: text.slice(last.end).trim() } : undefined;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

function* firstWords(text: string, limit: number): Generator<Word> {
  let count = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (count++ === limit) return;
    yield { text: word, start: index, end: index + word.length };
  }
}

/** How many leading words are a name with capitals, joiners between them included: `Friends of Zzz Park`. */
function countCapitalized(words: readonly Word[]): number {
  let count = 0;
  for (const [index, { text }] of words.slice(0, MAX_NAME_WORDS).entries()) {
    const isCapitalized = /^["“(']?[\p{Lu}\p{Lt}\p{N}]/u.test(text) && !(index > 0 && isVerb(text));
    if (isCapitalized) count = index + 1;
    else if (index === 0 || !JOINERS.has(text)) break;
    if (endsName(text)) break;
  }
  // "Met Jane": the first word of a sentence has a capital too.
  return count > 0 && isVerb(words[0]?.text ?? '') ? 0 : count;
}

/** How many words come before the first verb; 0 if there is no verb near enough. */
function countBeforeVerb(words: readonly Word[]): number {
  const verb = words.findIndex(({ text }) => isVerb(text));
  const stop = words.findIndex(({ text }) => endsName(text));
  if (stop >= 0 && (verb < 0 || stop < verb)) return stop + 1;
  if (verb < 0) return words.length <= MAX_ALL_NAME_WORDS ? words.length : 0;
  return verb > MAX_NAME_WORDS ? 0 : verb;
}

const isVerb = (word: string): boolean => VERBS.has(word.toLowerCase().replace(/[^\p{L}]/gu, ''));
const endsName = (word: string): boolean => /[,:;–—]$/.test(word) || word === '-';

/** `zzz trust` becomes `Zzz Trust`. */
function titleCase(name: string): string {
  return name
    .split(/\s+/)
    .map((word) =>
      JOINERS.has(word) ? word : word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
    )
    .join(' ');
}
