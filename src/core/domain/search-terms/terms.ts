import { nameTokens } from '../../names/name-words.ts';

/** Words that are in so many notes that nobody looks for them. */
const STOP_WORDS = new Set(
  `a about after all also am an and any are as at be been before but by can could did do does for from get go got had
  has have he her him his how i if in into is it its just me my no not now of off on or our out over re she should so
  some than that the their them then there they this to too up us very was we were what when where which who will with
  would you your dont didnt im ive its well were theyre`.split(/\s+/),
);

/** A longer word is kept up to here, in characters. */
const MAX_TERM_LENGTH = 40;

/**
 * The words of a text as they are kept for searching: lower case, without accents and plural endings, each once. A word
 * with a hyphen is kept whole and in its parts. Words such as "the" are left out.
 */
export function termsOf(text: string): string[] {
  const tokens = [...nameTokens(text), ...nameTokens(text.replace(/[-\u2010\u2011]/g, ' '))];
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
