import { trimEnd } from '../base/text.ts';
import { isVerb as isAccountVerb, isOrganisationWord, startsClause } from './everyday-words.ts';

/** Words inside a name that may be in lower case. */
const JOINERS = new Set('of and & the for in on upon at de la y du a an to with'.split(' '));

const MAX_NAME_WORDS = 20;
/** How many words in small letters may follow those with capitals. */
const MAX_SMALL_WORDS = 3;
/** In small letters, a verb after more words than these says nothing of a name before it. */
const MAX_WORDS_BEFORE_VERB = 8;
/** A text this short may be all name, even in lower case. */
const MAX_ALL_NAME_WORDS = 4;

/**
 * Guesses which words at the start of a text are the name of a new partner: those with capitals, or all before the
 * first verb. One word that begins a clause, such as "I", is no name. The guess is only good enough for a button that offers to add it.
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
  const isPronoun = count === 1 && startsClause(typed);
  return /[\p{L}\p{N}]/u.test(name) && !isPronoun
    ? { name, rest: text.slice(last.end).trim() }
    : undefined;
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
  if (count > 0 && !endsName(words[count - 1]?.text ?? ''))
    count = countWithOrganisation(words, count);
  // "Met Jane": the first word of a sentence has a capital too.
  return count > 0 && isVerb(words[0]?.text ?? '') ? 0 : count;
}

/** With the words in small letters that say what it is: `Marfleet Lane residents association`. */
function countWithOrganisation(words: readonly Word[], count: number): number {
  const next = words.slice(count, count + MAX_SMALL_WORDS);
  const stop = next.findIndex(({ text }) => startsClause(text) || endsName(text));
  const end = next
    .slice(0, stop < 0 ? undefined : stop)
    .findLastIndex(({ text }) => isOrganisationWord(text));
  return count + end + 1;
}

/** How many words come before the first verb; 0 if there is no verb near enough. */
function countBeforeVerb(all: readonly Word[]): number {
  const mark = all.findIndex(({ text }) =>
    /[<>@#*_~`=|\\/£$€]|\p{Extended_Pictographic}/u.test(text),
  );
  const day = all.findIndex(
    ({ text }, index) => index > 0 && DAY.test(`${text} ${all[index + 1]?.text ?? ''}`),
  );
  const end = [mark, day].filter((at) => at > 0);
  const words = end.length > 0 ? all.slice(0, Math.min(...end)) : all;
  const verb = words.findIndex(({ text }) => isVerb(text));
  const pronoun = words.findIndex(({ text }, index) => index > 0 && PRONOUN.test(text));
  if (pronoun > 0 && pronoun < verb) return pronoun;
  const stop = words.findIndex(({ text }) => endsName(text));
  if (stop >= 0 && (verb < 0 || stop < verb)) return stop + 1;
  if (verb < 0) {
    const organisation = words
      .slice(0, MAX_WORDS_BEFORE_VERB)
      .findLastIndex(({ text }, index) => index > 0 && isOrganisationWord(text));
    if (organisation > 0) return organisation + 1;
    return words.length <= MAX_ALL_NAME_WORDS ? words.length : 0;
  }
  return verb > MAX_WORDS_BEFORE_VERB ? 0 : verb;
}

const isVerb = (word: string): boolean => isAccountVerb(word) || /^no$/i.test(word);
const endsName = (word: string): boolean => /[,:;–—]$/.test(word) || word === '-';

/** When something was, which is no part of a name: "this morning", "last week". */
const DAY =
  /^(?:(?:today|yesterday|tonight|tomorrow)\b|(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year|mon|tue|wed|thu|fri|sat|sun))/i;

/** Who did something: no name goes on so far. */
const PRONOUN = /^(?:i|we|you|he|she|they|who)$/i;

/** Short words that are written in capitals. */
const ACRONYMS = new Set(
  'uk nhs cic ymca ywca u3a rspca rspb rnli nspcc bbc plc gp ha wi'.split(' '),
);

/** `zzz trust` becomes `Zzz Trust`. */
export function titleCase(name: string): string {
  return name
    .split(/\s+/)
    .map((word, at) =>
      at > 0 && JOINERS.has(word)
        ? word
        : ACRONYMS.has(word)
          ? word.toUpperCase()
          : word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
    )
    .join(' ');
}
