import { comparedWord, nameTokens } from '../../names/name-words.ts';

/** Words that are in so many notes that nobody looks for them. */
const STOP_WORDS = new Set(
  `a about after all also am an and any are as at be been before but by can could did do does for from get go got had
  has have he her him his how i if in into is it its just me my no not now of off on or our out over re she should so
  some than that the their them then there they this to too up us very was we were what when where which who will with
  would you your dont didnt im ive its well were theyre`.split(/\s+/),
);

/** A longer word is kept up to here, in characters. */
const MAX_TERM_LENGTH = 40;

/** `O'Neill` and `O Neill`. */
const IRISH_NAME = /(?<![\p{L}\p{N}])[Oo](?:['’‘ʼ`´]\s?|\s)(?=\p{Lu}\p{L}{2})/gu;
const APOSTROPHE_NAME = /(?<![\p{L}\p{N}])o['’‘ʼ`´](?=\p{L}{3})/giu;

/**
 * The words of a text as they are kept for searching: lower case, without accents and plural endings, each once. A word
 * with a hyphen is kept whole and in its parts, and so is `O'Neill`; `Saint` is kept as `st` too. Words such as "the" are
 * left out.
 */
export function termsOf(text: string): string[] {
  const tokens = [
    ...nameTokens(text),
    ...nameTokens(text.replace(IRISH_NAME, 'o')),
    ...nameTokens(text.replace(/[-\u2010\u2011]/g, ' ').replace(APOSTROPHE_NAME, 'o ')),
  ];
  return distinctTerms(tokens.flatMap((token) => [token, comparedWord(token)]));
}

/** The words that somebody looks for. `same`: another word that means the same in names, `st` for `saint`. */
export function soughtTermsOf(text: string): { term: string; same?: string }[] {
  return distinctTerms(nameTokens(text)).map((term) => {
    const same = comparedWord(term);
    return same === term ? { term } : { term, same };
  });
}

function distinctTerms(tokens: readonly string[]): string[] {
  return [...new Set(tokens.filter((token) => !STOP_WORDS.has(token)).map(termOf))].filter(
    (term) => term.length > 1 || /\p{N}/u.test(term),
  );
}

/** One word without its plural ending: gardens, communities, churches. */
function termOf(token: string): string {
  const singular = singularOf(token);
  return [...singular].slice(0, MAX_TERM_LENGTH).join('');
}

function singularOf(token: string): string {
  if (token.length < 4 || !token.endsWith('s') || /(?:ss|us|is)$/.test(token)) return token;
  if (/[^aeiou]ies$/.test(token) && token.length > 4) return `${token.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/.test(token)) return token.slice(0, -2);
  return token.slice(0, -1);
}
