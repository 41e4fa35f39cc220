/** Letters that Unicode does not decompose into a plain letter and an accent. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * The key that names are compared by: `The Co-op & Sons` is `coop and sons`. Latin letters lose their accents; letters
 * of other scripts stay as they are. Partners are unique by their key, so a change here needs a migration.
 * @returns the empty string for a name without letters or digits.
 */
export function nameKey(name: string): string {
  return withoutThe(nameTokens(name)).join(' ');
}

/** The words of a name as they are compared, a leading "the" included. */
export function nameTokens(name: string): string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[-\u2010\u2011'’‘ʼ`´\p{Cf}]/gu, '')
    .replaceAll('&', ' and ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((token) => token !== '' && /[\p{L}\p{N}]/u.test(token));
}

/** The words of a name without a leading "the", in each way that its hyphens may be typed: `stokeontrent`, `stoke on trent`. */
export function nameSpellings(name: string): string[][] {
  const joined = withoutThe(nameTokens(name));
  const split = withoutThe(nameTokens(withSpacesForHyphens(name)));
  return split.length === joined.length ? [joined] : [joined, split];
}

/** Words that people add to a name or leave out: `Emmaus Hull & East Riding`. */
const OPTIONAL_WORDS = new Set(['the', 'of', 'and', 'no']);
/** What kind of body an organisation is before the law, at the end of its name. */
const LEGAL_FORMS = new Set('ltd plc llp cic cio inc'.split(' '));
/** One word for those that mean the same. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  limited: 'ltd',
  incorporated: 'inc',
  saint: 'st',
  center: 'centre',
  mount: 'mt',
};
/** The word that a word is compared as: `saint` is `st`. */
export const comparedWord = (token: string): string => SAME_WORDS[token] ?? token;

/** Words and what they are short for. */
const ABBREVIATIONS: readonly (readonly [full: readonly string[], short: string])[] = [
  [['housing', 'association'], 'ha'],
  [['community', 'interest', 'company'], 'cic'],
  [['charitable', 'incorporated', 'organisation'], 'cio'],
];

/**
 * The words that tell one name from another, for a comparison in which `St.` is `Saint`, `C.I.C.` is `CIC`, and `and`,
 * `of`, `the`, `no` and a legal form at the end do not count. Two partners may have the same ones.
 * @param tokens the words of a name, from {@link nameTokens}.
 */
export function coreTokens(tokens: readonly string[]): string[] {
  const words = shortened(joinedLetters(tokens).map(comparedWord));
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  const core = words.filter((word) => !OPTIONAL_WORDS.has(word));
  return core.length > 0 ? core : words;
}

/** Whether a word at the end of typed words does not count: a name may end before it. */
export const isOptionalWord = (token: string): boolean => OPTIONAL_WORDS.has(token);

/** `c i c` becomes `cic`. */
function joinedLetters(tokens: readonly string[]): string[] {
  const joined: string[] = [];
  let wasLetter = false;
  for (const token of tokens) {
    const isLetter = /^[a-z]$/.test(token);
    if (isLetter && wasLetter) joined.push(`${joined.pop() ?? ''}${token}`);
    else joined.push(token);
    wasLetter = isLetter;
  }
  return joined;
}

function shortened(words: string[]): string[] {
  for (const [full, short] of ABBREVIATIONS) {
    const at = words.findIndex((_, start) => full.every((word, i) => words[start + i] === word));
    if (at >= 0) words.splice(at, full.length, short);
  }
  return words;
}

const withoutThe = (tokens: string[]): string[] =>
  tokens.length > 1 && tokens[0] === 'the' ? tokens.slice(1) : tokens;

const withSpacesForHyphens = (text: string): string => text.replace(/[-\u2010\u2011]/g, ' ');

/** One typed word, ready to be compared. */
export interface TypedWord {
  /** The word as name tokens; none for a leading "the". */
  tokens: readonly string[];
  /** The tokens with each hyphen taken as a space; none if there is no hyphen. */
  split: readonly string[];
  /** Emoji and symbols before the word: only a name that contains them too can go on past them. */
  symbols: readonly string[];
  /** Where the word ends in the text, punctuation after it included. */
  end: number;
}

/** Longer words are not part of a name. */
const MAX_WORD_LENGTH = 120;

/** The first words of a text. */
export interface TypedWords {
  words: TypedWord[];
  /** Whether the text has no more words than these. */
  complete: boolean;
}

/** Reads up to `limit` words that a name at the start of a text could be made of. */
export function readTypedWords(text: string, limit: number): TypedWords {
  const words: TypedWord[] = [];
  let symbols: string[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const end = index + word.length;
    const last = words.at(-1);
    if (last && symbols.length === 0 && /^[-–—:,;.]+$/.test(word)) {
      last.end = end;
      continue;
    }
    if (words.length === limit || word.length > MAX_WORD_LENGTH) return { words, complete: false };
    const tokens = nameTokens(word);
    if (tokens.length === 0) {
      if (symbols.push(word) === limit) return { words, complete: false };
      continue;
    }
    const isThe = words.length === 0 && tokens.length === 1 && tokens[0] === 'the';
    const withSpaces = withSpacesForHyphens(word);
    const split = isThe || withSpaces === word ? [] : nameTokens(withSpaces);
    words.push({ tokens: isThe ? [] : tokens, split, symbols, end });
    symbols = [];
  }
  return { words, complete: true };
}

/** Words that only connect others. */
const CONNECTIVES = new Set('the of and for in on at to a an de y with by'.split(' '));

/** Words that many names share, or that have other uses: alone they identify nobody. */
const GENERIC_WORDS = new Set(
  `academy action advice age agency aid alliance area arts assets association authority better board borough
  business campaign care centre center change charity children church city club coalition college combined committee
  community communities company co coop council county district education east england english environment
  estate families family farm fire food forum foundation friends fund games garden group greater growth hall health
  healthcare help high home homes hospital house housing hub integrated international investment junior kids learning
  library life limited link living local lottery ltd media medical meeting metropolitan mind music national
  neighbourhood network new north northern office organisation parish park partnership people place plan
  police poor power practice primary project public regional rescue residents royal school schools service services
  shared social society south southern space sport sports starts street streets stronger support surgery team
  theatre together town transport trust trusts uk union unit united university village voice voluntary
  volunteer volunteers ward welfare west western women work working works world young youth`.split(
    /\s+/,
  ),
);

/** The weight that identifies a name: one distinctive word, or two generic ones. */
export const MIN_MATCH_WEIGHT = 2;

/** How much a word says about whose name it is part of: 0 nothing, 1 a little, 2 enough. */
export function wordWeight(token: string): number {
  if (CONNECTIVES.has(token)) return 0;
  if (GENERIC_WORDS.has(token) || /^[a-z0-9]{1,2}$/.test(token) || /^\d+$/.test(token)) return 1;
  return MIN_MATCH_WEIGHT;
}

/** Whether a word cannot be the last of a name: more must follow "Avon and". */
export const isConnective = (token: string): boolean => CONNECTIVES.has(token);
