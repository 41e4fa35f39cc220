import { trimEnd } from '../base/text.ts';
import { monthNumber } from './calendar-date.ts';
import { DAY_NAMES } from './named-days.ts';
import { readCount } from './time-span.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';

/** Longer texts are not dates, times, lengths of time or zones. In characters. */
export const MAX_DATE_LENGTH = 60;

/** Other spellings, by the word that the readers know. */
const SPELLINGS: { readonly [word: string]: string } = {
  tomorrow:
    'tommorrow tommorow tomorow tomorrrow tomoro tomorro tomoz tomo tmrw tmr tmw 2moro 2morrow',
  today: '2day todya',
  tonight: '2nite tonite 2night',
  yesterday: 'yday yest yesturday yesterdy',
  monday: 'mond munday',
  tuesday: 'tuseday teusday',
  wednesday: 'wensday wednsday wednesdy weds. wedsnesday',
  thursday: 'thrusday thurday thirsday',
  saturday: 'saterday satuday',
  january: 'janurary januray',
  february: 'febuary feburary',
  september: 'septmber',
  christmas: 'xmas crimbo',
  week: 'wk',
  weeks: 'wks',
  next: 'nxt',
  half: 'hlf',
  fortnight: 'fortnite',
  lunchtime: 'lunch-time',
  afternoon: 'aft arvo',
  'w/c': 'wc w.c. wk/c w/b',
  'w/e': 'w.e.',
  and: '&',
  at: '@',
};
const SPELLED = new Map(
  Object.entries(SPELLINGS).flatMap(([word, others]) =>
    others.split(' ').map((other) => [other, word] as const),
  ),
);
const FRACTIONS: { readonly [sign: string]: string } = { '½': '.5', '¼': '.25', '¾': '.75' };

/**
 * Prepares text for reading dates and times: lower case, single spaces, no commas, semicolons, angle quotes or full stop at
 * the end, common slips of spelling corrected, plain digits and hyphens, and `am` for `a.m.`.
 * @returns undefined for empty text, and for text that is too long to be a date or time.
 */
export function normalizeWords(text: string, maxLength = MAX_DATE_LENGTH): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > maxLength) return undefined;
  const words = trimmed
    .replace(/[½¼¾]/g, (sign) => FRACTIONS[sign] ?? sign)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/(?<=\d)[‐‑–—−](?=\d)/g, '-')
    .replace(/[‐‑–—−]/g, ' - ')
    .replace(/[«»‹›]/g, '')
    .replace(/\b([ap])\.m\b\.?/g, '$1m')
    .replace(/\b([a-z]{3,4})\. /g, '$1 ')
    .replace(/\b(?:at )?(\d{1,2})-?ish\b/g, 'at $1')
    .replace(/(\d|noon|midday|midnight|[ap]m|lunchtime)-?ish\b/g, '$1')
    .replace(/(?<=day|tomorrow|\b(?:mon|tues?|weds?|thurs?|fri|sat|sun)) eve\b/g, ' evening')
    .replace(/@(?=\d)/g, 'at ')
    .replace(/[\s,;]+/g, ' ')
    .replace(/[ .!;?]+$/, '')
    .trim()
    .split(' ')
    .map((word) => SPELLED.get(word) ?? word)
    .join(' ');
  return words === '' ? undefined : words;
}

const UNIT_WORD = /^(second|sec|minute|min|hour|hr|day|week|wk|fortnight|month|quarter|year|yr)s?$/;
const DATE_WORDS = new Set([
  ...`today tomorrow tonight yesterday now next last this coming upcoming ago from after before in end start of the on at
  by noon midday midnight lunchtime morning afternoon evening night am pm o'clock half past quarter to and time first
  second third fourth thing eod cop cob eom eow close mid early late w/c w/e weekend midweek few couple working business
  bank holiday`.split(/\s+/),
  ...SPELLED.keys(),
  ...DAY_NAMES.flatMap((name) => name.split(' ')),
]);
/** How many of the first words sound like a date: the part to quote when it cannot be read. */
export function countDateWords(words: readonly string[]): number {
  const end = words.findIndex((word) => !isDateWord(plainWord(word)));
  return end < 0 ? words.length : end;
}

/** Whether a word can be part of a date. */
export function isDateWord(word: string): boolean {
  return (
    /\d/.test(word) ||
    DATE_WORDS.has(word) ||
    WEEKDAY_NUMBERS.has(word) ||
    UNIT_WORD.test(word) ||
    monthNumber(word) !== undefined ||
    readCount(word) !== undefined
  );
}

/** Words that always say more about the date before them. */
const CONTINUES =
  /^(?:or|before|after|each|every|fortnight|wks?|weeks?|time|weekly|fortnightly|monthly|daily|yearly|annually)$/;
/** Words that do so if a date follows them. */
const CONNECTIVES =
  /^(?:at|on|of|by|in|and|to|until|till|from|next|last|this|coming|the|then|-|–|—|\+|&|@)$/;

/**
 * Whether the words after a date still belong to it: "25:00", "14 dec", "at 31", "or monday", "of next week" after "friday",
 * but not "3 boxes".
 */
export function continuesDate(rest: string): boolean {
  const [first = '', ...others] = rest.slice(0, 80).split(/\s+/).map(plainWord);
  if (CONTINUES.test(first)) return true;
  if (!CONNECTIVES.test(first)) return startsDatePart(first, others[0] ?? '');
  const [second = '', third = ''] = others[0] === 'the' ? others.slice(1) : others;
  return (
    startsDatePart(second, third) ||
    WEEKDAY_NUMBERS.has(second) ||
    monthNumber(second) !== undefined ||
    UNIT_WORD.test(second) ||
    /^(?:today|tomorrow|tonight|yesterday|next|last|weekend|morning|afternoon|evening|night)$/.test(
      second,
    )
  );
}

function startsDatePart(word: string, next: string): boolean {
  if (['noon', 'midday', 'midnight', 'ago', 'am', 'pm'].includes(word)) return true;
  if (/^\d+$/.test(word)) {
    return (
      next === '' ||
      monthNumber(next) !== undefined ||
      UNIT_WORD.test(next) ||
      /^(am|pm|o'clock)$/.test(next)
    );
  }
  return /^\d+([:./-]\d|am|pm|st|nd|rd|th|h$)/.test(word);
}

/** A word in lower case, without the punctuation after it. */
export const plainWord = (word: string): string => trimEnd(word.toLowerCase(), ',.;!?');
