import { trimEnd } from '../base/trim-end.ts';

/** Words that start what happened: a name ends before them. */
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

/** Names are not longer. */
const MOST_WORDS = 8;

/**
 * Guesses which words at the start of a text are the name of somebody new: those in capitals, or all before the
 * first verb. Only ever for a button that offers it.
 */
export function guessName(text: string): { name: string; rest: string } | undefined {
  const words = [...firstWords(text, MOST_WORDS + 1)];
  const capitals = inCapitals(words);
  const count = capitals > 0 ? capitals : beforeVerb(words);
  const last = words[count - 1];
  if (!last) return undefined;
  const typed = trimEnd(text.slice(words[0]?.at, last.end), ' \n\t,.;:!?–—-');
  const name = capitals > 0 ? typed : titled(typed);
  return /[\p{L}\p{N}]/u.test(name) ? { name, rest: text.slice(last.end).trim() } : undefined;
}

interface Word {
  text: string;
  at: number;
  end: number;
}

function* firstWords(text: string, most: number): Generator<Word> {
  let count = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (count++ === most) return;
    yield { text: word, at: index, end: index + word.length };
  }
}

/** How many leading words are a name in capitals, joiners between them included: `Friends of Zzz Park`. */
function inCapitals(words: readonly Word[]): number {
  let count = 0;
  for (const [index, { text }] of words.slice(0, MOST_WORDS).entries()) {
    const isCapital = /^["“(']?[\p{Lu}\p{Lt}\p{N}]/u.test(text) && !(index > 0 && isVerb(text));
    if (isCapital) count = index + 1;
    else if (index === 0 || !JOINERS.has(text)) break;
    if (endsName(text)) break;
  }
  // "Met Jane": the first word of a sentence has a capital too.
  return count > 0 && isVerb(words[0]?.text ?? '') ? 0 : count;
}

/** How many words stand before the first verb; none where no verb comes soon. */
function beforeVerb(words: readonly Word[]): number {
  const verb = words.findIndex(({ text }) => isVerb(text));
  const stop = words.findIndex(({ text }) => endsName(text));
  if (stop >= 0 && (verb < 0 || stop < verb)) return stop + 1;
  if (verb < 0) return words.length <= 4 ? words.length : 0;
  return verb > MOST_WORDS ? 0 : verb;
}

const isVerb = (word: string): boolean => VERBS.has(word.toLowerCase().replace(/[^\p{L}]/gu, ''));
const endsName = (word: string): boolean => /[,:;–—]$/.test(word) || word === '-';

/** `zzz trust` is Zzz Trust. */
function titled(name: string): string {
  return name
    .split(/\s+/)
    .map((word) =>
      JOINERS.has(word) ? word : word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
    )
    .join(' ');
}
