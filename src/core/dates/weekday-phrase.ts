import { addToDay, type Day, weekdayOf } from './day.ts';
import { negated, readDays } from './length.ts';
import {
  chooseDay,
  type DayContext,
  type DayReading,
  oneOrChoice,
  readAs,
  type Tense,
} from './reading.ts';
import { WEEKDAY_NUMBERS } from './weekdays.ts';

const WEEKDAY = [...WEEKDAY_NUMBERS.keys()].toSorted((a, b) => b.length - a.length).join('|');
/** The words for a week, counted from this one. "The coming week" is not among them: it may be either. */
const WEEKS_AWAY: ReadonlyMap<string, number> = new Map([
  ['this week', 0],
  ['next week', 1],
  ['last week', -1],
  ['week after next', 2],
  ['the week after next', 2],
  ['week before last', -2],
  ['the week before last', -2],
]);
const WEEK = [...WEEKS_AWAY.keys()].toSorted((a, b) => b.length - a.length).join('|');

const DAY_ALONE = new RegExp(`^(${WEEKDAY})$`);
const WITH_DETERMINER = new RegExp(
  `^(?:the )?(this coming|this|next|last|past|previous|coming|upcoming|following) (${WEEKDAY})$`,
);
const DETERMINER_AFTER = new RegExp(`^(${WEEKDAY}) (next|last|gone|just gone|past|coming)$`);
const DAY_OF_WEEK = new RegExp(`^(${WEEKDAY}) (?:(?:of|in|on) )?(${WEEK})$`);
const WEEK_AND_DAY = new RegExp(`^(${WEEK}) (?:on (?:the )?)?(${WEEKDAY})$`);
const LENGTH_LATER = /^(?:the )?(.+?) (week|fortnight)$/;
const LENGTH_FIRST =
  /^(?:a )?(week|fortnight|month|year|\S+ (?:weeks?|days?|months?|years?)) (?:on |from |)(.+)$/;
const IN_WEEKS = new RegExp(`^(${WEEKDAY}) in (\\S+ (?:weeks?|fortnights?))(?:'s?)?(?: time)?$`);
const WEEKS_THEN_DAY = new RegExp(
  `^in (\\S+ (?:weeks?|fortnights?))(?:'s?)?(?: time)? (?:on )?(${WEEKDAY})$`,
);
const COMING_WEEK = new RegExp(
  `^(?:(?:the )?coming week (?:on )?(${WEEKDAY})|(${WEEKDAY}) (?:(?:of|in) )?(?:the )?coming week)$`,
);
const AFTER_NEXT = new RegExp(`^(?:the )?(${WEEKDAY}) after next$`);

/**
 * Reads a day by its weekday: `friday`, `next friday`, `coming friday`, `last tuesday`, `friday week`, `monday fortnight`,
 * `friday of next week`, `last week on thursday`, `friday in two weeks`. "Next friday" is that of next week.
 */
export function weekdayPhrase(phrase: string, context: DayContext): DayReading | undefined {
  const { today, tense } = context;
  const alone = numberIn(DAY_ALONE.exec(phrase), 1);
  if (alone !== undefined) return readAs(nearestWeekday(alone, today, tense));
  const determined = WITH_DETERMINER.exec(phrase) ?? swapped(DETERMINER_AFTER.exec(phrase));
  if (determined) return withDeterminer(determined[1] ?? '', numberIn(determined, 2) ?? 1, context);

  const ofWeek = DAY_OF_WEEK.exec(phrase) ?? swapped(WEEK_AND_DAY.exec(phrase));
  const weekday = numberIn(ofWeek, 1);
  if (weekday !== undefined)
    return readAs(weekdayInWeek(weekday, today, WEEKS_AWAY.get(ofWeek?.[2] ?? '') ?? 0));
  const coming = COMING_WEEK.exec(phrase);
  const comingDay = numberIn(coming, 1) ?? numberIn(coming, 2);
  if (comingDay !== undefined) return readAs(nearestWeekday(comingDay, today, 'future'));

  const afterNext = numberIn(AFTER_NEXT.exec(phrase), 1);
  if (afterNext !== undefined)
    return chooseDay([1, 2].map((weeks) => weekdayInWeek(afterNext, today, weeks)));
  const inWeeks = IN_WEEKS.exec(phrase) ?? swapped(WEEKS_THEN_DAY.exec(phrase));
  if (inWeeks) return weekdayInWeeks(numberIn(inWeeks, 1) ?? 1, inWeeks[2] ?? '', today);
  return weeksLater(phrase, context);
}

/** The weekday that a group of a match names, 1 to 7. */
function numberIn(match: readonly string[] | null | undefined, group: number): number | undefined {
  return WEEKDAY_NUMBERS.get(match?.[group] ?? '');
}

/** The match with its two groups in the other order. */
const swapped = (match: RegExpExecArray | null): string[] | undefined =>
  match ? [match[0], match[2] ?? '', match[1] ?? ''] : undefined;

function withDeterminer(word: string, weekday: number, { today, tense }: DayContext): DayReading {
  switch (word) {
    case 'this':
      return readAs(weekday === weekdayOf(today) ? today : nearestWeekday(weekday, today, tense));
    case 'next':
      return readAs(weekdayInWeek(weekday, today, 1));
    case 'this coming':
    case 'coming':
    case 'upcoming':
    case 'following':
      return readAs(nearestWeekday(weekday, today, 'future'));
    case 'last':
      // "Last Tuesday", said on a Thursday, may be two days ago or that of last week.
      return oneOrChoice(nearestWeekday(weekday, today, 'past'), weekdayInWeek(weekday, today, -1));
    default:
      return readAs(nearestWeekday(weekday, today, 'past'));
  }
}

/** `friday in 2 weeks`: that of the week in two weeks, or two weeks after the next one, where these differ. */
function weekdayInWeeks(weekday: number, length: string, today: Day): DayReading | undefined {
  const by = readDays(length);
  if (!by) return undefined;
  const start = addToDay(today, by);
  const inThatWeek = weekdayInWeek(weekday, start, 0);
  if (weekday === weekdayOf(today)) return readAs(inThatWeek);
  return oneOrChoice(inThatWeek, addToDay(nearestWeekday(weekday, today, 'future'), by));
}

const NEAR_DAYS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
  ['now', 0],
]);

/** `friday week`, `tomorrow week`, `monday fortnight`, `a week on friday`, `3 weeks tomorrow`, `a week last tuesday`. */
function weeksLater(phrase: string, context: DayContext): DayReading | undefined {
  const later = LENGTH_LATER.exec(phrase);
  const laterDay = later && nearDay(later[1] ?? '', context.today);
  if (laterDay) return readAs(addToDay(laterDay, { weeks: later[2] === 'week' ? 1 : 2 }));
  const first = LENGTH_FIRST.exec(phrase);
  const length =
    first && readDays(/^\S+$/.test(first[1] ?? '') ? `a ${first[1]}` : (first[1] ?? ''));
  if (!first || !length) return undefined;
  const start = (first[2] ?? '').replace(/^the /, '');
  const last = /^(?:last|past) (.+)$/.exec(start)?.[1];
  if (last !== undefined) {
    const weekday = WEEKDAY_NUMBERS.get(last);
    const day = weekday && nearestWeekday(weekday, context.today, 'past');
    return day ? readAs(addToDay(day, negated(length))) : undefined;
  }
  const day = nearDay(start.replace(/^this /, ''), context.today);
  if (day === undefined) return undefined;
  // "A week yesterday" is eight days ago.
  return readAs(addToDay(day, start === 'yesterday' ? negated(length) : length));
}

function nearDay(words: string, today: Day): Day | undefined {
  const days = NEAR_DAYS.get(words);
  if (days !== undefined) return addToDay(today, { days });
  const weekday = WEEKDAY_NUMBERS.get(words);
  return weekday === undefined ? undefined : nearestWeekday(weekday, today, 'future');
}

/** The nearest such weekday in the direction of the tense, never today. */
function nearestWeekday(weekday: number, today: Day, tense: Tense): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addToDay(today, { days: tense === 'future' ? ahead || 7 : ahead - 7 });
}

/** That weekday of the week of a day, or of the week `weeks` later. Weeks start on Monday. */
export function weekdayInWeek(weekday: number, day: Day, weeks: number): Day {
  return addToDay(day, { days: weekday - weekdayOf(day), weeks });
}
