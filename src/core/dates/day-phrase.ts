import { interpretCalendarDate, readIsoDay, weekdayMismatch } from './calendar-date.ts';
import { addToDay, type Day, mondayOf, weekdayOf } from './day.ts';
import { distancePhrase } from './distance-phrase.ts';
import { negated, readDays } from './length.ts';
import { namedDay } from './named-days.ts';
import { periodPhrase } from './period-phrase.ts';
import {
  chooseDay,
  type DayContext,
  type DayReading,
  mapReading,
  oneOrChoice,
  onlyValue,
  readAs,
  type Tense,
} from './reading.ts';
import { weekdayInWeek, weekdayPhrase } from './weekday-phrase.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';
import { nextWorkingDay, type WorkingWeek } from './working-days.ts';

/** Monday to Friday, with the bank holidays of England and Wales. */
export const USUAL_WEEK: WorkingWeek = {
  workingDays: [1, 2, 3, 4, 5],
  calendar: 'england-and-wales',
};

/** Days with a name of their own, counted from today. */
const NEAR_DAYS = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
  ['day after tomorrow', 2],
  ['day before yesterday', -2],
  ['tonight', 0],
  ['last night', -1],
]);
const END_OF_DAY =
  '(?:the )?(?:end of (?:the )?(?:day|play|business)|close of (?:play|business)|eod|cop|cob)';
const START_OF_DAY = 'first thing(?: in the morning)?|last thing(?: at night)?';
const PART_OF_DAY = 'morning|afternoon|evening|night|teatime|am|pm|early|late';
const WEEKDAY = [...WEEKDAY_NUMBERS.keys()].join('|');
const END_OF_TODAY = new RegExp(`^${END_OF_DAY}$`);
const START_OF_WHICH_DAY = new RegExp(`^(?:${START_OF_DAY})$`);
const PART_BEFORE = new RegExp(
  `^(?:${END_OF_DAY}|${START_OF_DAY}|(?:the )?end of(?= (?:today|tomorrow|${WEEKDAY})$)|(?:early|late)(?= (?:on )?(?:today|tomorrow|yesterday|${WEEKDAY})$)|(?:the )?(?:morning|afternoon|evening) of) (?:on )?(.+)$`,
);
/** The number in "friday 9 am" is an hour, so it does not count as the end of a day. */
const PART_AFTER = new RegExp(
  `^(.*[a-z]|.*\\d[/.-]\\d+) (?:(?:in|at) (?:the )?)?(?:${PART_OF_DAY}|${END_OF_DAY}|${START_OF_DAY})$`,
);
const PART_WITHIN =
  /^([a-z]+) (?:morning|afternoon|evening|night|am|pm) ((?:the )?\d+(?:st|nd|rd|th)\b.*|\d+[ /].+)$/;

/** @returns the only day that {@link interpretDay} reads, Monday to Friday being working days. */
export function readDayPhrase(words: string, today: Day, tense: Tense): Day | undefined {
  return onlyValue(interpretDay(words, { today, tense, week: USUAL_WEEK }));
}

/**
 * Reads a day: by name, by weekday, by distance from today, by a period, by another day or by the calendar. Part of a day
 * is no clock time: "friday morning" is Friday.
 * @param words as `normalizeWords` gives them.
 * @returns undefined if the words are not a day.
 */
export function interpretDay(words: string, context: DayContext): DayReading | undefined {
  const phrase = words
    .replace(/^(?:on|by|due|until|till|for|no later than|not later than|from) (?=.)/, '')
    .replace(/^(?:(?:some|any) ?time (?:on )?)(?=to|fri|mon|tue|wed|thu|sat|sun)/, '');
  const reading = nearDay(phrase, context) ?? withoutPartOfDay(phrase, context);
  if (reading) return reading;
  for (const read of READERS) {
    const found = read(phrase, context);
    if (found?.kind === 'choice' && found.values.length === 0) return undefined;
    if (found?.kind !== 'read') {
      if (found) return found;
    } else if (readIsoDay(found.value) !== undefined) return found;
  }
  return undefined;
}

const READERS: readonly ((phrase: string, context: DayContext) => DayReading | undefined)[] = [
  weekdayPhrase,
  weekendPhrase,
  distancePhrase,
  weekOf,
  weekdayAndDate,
  relativeDay,
  periodPhrase,
  namedDay,
  interpretCalendarDate,
];

/** The part of the day that the words name: `friday evening`, `sunday night 6 dec`. */
export function partOfDay(words: string): string | undefined {
  const part = /\b(morning|afternoon|evening|night|tonight|am|pm|first thing)\b/.exec(words)?.[1];
  const others: { readonly [part: string]: string } = {
    tonight: 'evening',
    am: 'morning',
    pm: 'afternoon',
    'first thing': 'morning',
  };
  return part && (others[part] ?? part);
}

function nearDay(phrase: string, { today }: DayContext): DayReading | undefined {
  if (/^this (?:morning|afternoon|evening)$/.test(phrase)) return readAs(today);
  if (/^(?:(?:later|earlier|sometime) (?:on )?today|today sometime)$/.test(phrase))
    return readAs(today);
  if (END_OF_TODAY.test(phrase)) return readAs(today);
  if (START_OF_WHICH_DAY.test(phrase)) return chooseDay([today, addToDay(today, { days: 1 })]);
  const days = NEAR_DAYS.get(phrase.replace(/^the /, ''));
  return days === undefined ? undefined : readAs(addToDay(today, { days }));
}

/** A day whose part is named before, after or within it: `friday am`, `first thing monday`, `eod friday`, `end of tomorrow`. */
function withoutPartOfDay(phrase: string, context: DayContext): DayReading | undefined {
  const within = PART_WITHIN.exec(phrase);
  const day =
    PART_BEFORE.exec(phrase)?.[1] ??
    PART_AFTER.exec(phrase)?.[1] ??
    (within ? `${within[1]} ${within[2]}` : undefined);
  return day === undefined ? undefined : interpretDay(day, context);
}

/** `the weekend`, `next weekend`: its Saturday. */
function weekendPhrase(phrase: string, { today, tense }: DayContext): DayReading | undefined {
  const match =
    /^(?:(?:at|over|on) )?(?:(the|this|next|last|this coming|the coming) )?weekend$/.exec(phrase);
  if (!match)
    return /^(?:the )?weekend after next$/.test(phrase)
      ? chooseDay([1, 2].map((weeks) => weekdayInWeek(6, today, weeks)))
      : undefined;
  if (match[1] === 'next') return readAs(weekdayInWeek(6, today, 1));
  if (match[1] === 'last') return readAs(weekdayInWeek(6, today, -1));
  const thisWeek = weekdayInWeek(6, today, 0);
  return readAs(
    tense === 'past' && weekdayOf(today) < 6 ? addToDay(thisWeek, { weeks: -1 }) : thisWeek,
  );
}

/** `w/c 7 dec`, `week ending friday`. A week begins on a Monday, so any other day is asked about. */
function weekOf(phrase: string, context: DayContext): DayReading | undefined {
  const match =
    /^(?:the )?(?:(?<starts>w\/c|week (?:commencing|beginning|starting|of))|w\/e|week ending) (?<day>.+)$/.exec(
      phrase,
    );
  const reading = match && interpretDay(match.groups?.day ?? '', context);
  const day = onlyValue(reading ?? undefined);
  if (!match || day === undefined) return reading ?? undefined;
  return match.groups?.starts ? oneOrChoice(mondayOf(day), day) : readAs(day);
}

/** `friday 4th`, `fri the 4th`, `sunday 6`: asked about if that date is another weekday. */
function weekdayAndDate(phrase: string, context: DayContext): DayReading | undefined {
  const match =
    /^(?<weekday>[a-z]+) (?:the )?(?<date>\d{1,2})(?:st|nd|rd|th)?$/.exec(phrase) ??
    /^(?:the )?(?<date>\d{1,2})(?:st|nd|rd|th) (?<weekday>[a-z]+)$/.exec(phrase);
  const weekday = WEEKDAY_NUMBERS.get(match?.groups?.weekday ?? '');
  if (!match || weekday === undefined) return undefined;
  const date = Number(match.groups?.date);
  const day = onlyValue(interpretDay(`${date}th`, context));
  if (day === undefined || weekdayOf(day) === weekday) return readAs(day);
  return weekdayMismatch(day, weekday, context.today);
}

/** A day before or after another: `monday after christmas`, `2 weeks before easter`, `the day after boxing day`. */
function relativeDay(phrase: string, context: DayContext): DayReading | undefined {
  const match = /^(?:the )?(.+?) (before|after|from|following) (?:the )?(.+)$/.exec(phrase);
  if (!match) return undefined;
  const [, what = '', word, anchorWords = ''] = match;
  const weekday = WEEKDAY_NUMBERS.get(what);
  const length = readDays(what === 'day' || what === 'week' ? `a ${what}` : what);
  if (weekday === undefined && !length) return undefined;
  // The anchor of a past day may be ahead of it, but is read the same way.
  const anchor = interpretDay(anchorWords, context);
  if (!anchor || anchor.kind === 'refused') return anchor;
  const isBefore = word === 'before';
  if (weekday !== undefined)
    return mapReading(anchor, (day) => {
      const ahead = (weekday - weekdayOf(day) + 7) % 7;
      return addToDay(day, { days: isBefore ? ahead - 7 : ahead || 7 });
    });
  if (what === 'week' && WEEKDAY_NUMBERS.get(anchorWords) === undefined) {
    // A week without "a": any of its days.
    const weeks = isBefore ? -1 : 1;
    const day = onlyValue(anchor);
    return day === undefined
      ? undefined
      : chooseDay([1, 3, 5].map((of) => weekdayInWeek(of, day, weeks)));
  }
  return mapReading(anchor, (day) =>
    addToDay(day, isBefore ? negated(length ?? {}) : (length ?? {})),
  );
}

/**
 * Reads what is due before or after a day: `before friday` is Thursday, `after the weekend` is Monday. After a day of
 * the week that is no holiday, Saturday and Sunday are asked about.
 */
export function aroundDay(
  side: 'before' | 'after',
  words: string,
  context: DayContext,
): DayReading | undefined {
  const reading = interpretDay(words, context);
  if (!reading || context.tense === 'past') return undefined;
  if (side === 'before')
    return mapReading(reading, (day) =>
      /\bend\b/.test(words) ? day : addToDay(day, { days: -1 }),
    );
  const day = onlyValue(reading);
  if (day === undefined) return undefined;
  const next = addToDay(day, { days: 1 });
  const working = nextWorkingDay(next, context.week);
  return /weekend|holiday/.test(words) || namedDay(words, context)
    ? readAs(working)
    : oneOrChoice(next, working);
}
