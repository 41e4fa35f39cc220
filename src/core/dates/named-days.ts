import { bankHolidays } from './bank-holidays.ts';
import { dayFromParts, fitsTense, MONTH_NAMES, yearNamed } from './calendar-date.ts';
import { addToDay, type Day, daysBetween, weekdayOf } from './day.ts';
import { chooseDay, type DayContext, type DayReading, readAs } from './reading.ts';

type DayInYear = (year: number) => Day | undefined;

const fixed =
  (month: number, day: number): DayInYear =>
  (year) =>
    dayFromParts(year, month, day);
const fromEaster =
  (days: number): DayInYear =>
  (year) =>
    addToDay(easterSunday(year), { days });

/** Days that have a name, by every name people use. */
const NAMED_DAYS: ReadonlyMap<string, DayInYear> = new Map(
  (
    [
      [['christmas', 'christmas day'], fixed(12, 25)],
      [['christmas eve'], fixed(12, 24)],
      [['boxing day'], fixed(12, 26)],
      [['new years eve', "new year's eve", 'nye'], fixed(12, 31)],
      [['new year', 'new years', 'new years day', "new year's day", 'new year day'], fixed(1, 1)],
      [['burns night'], fixed(1, 25)],
      [['valentines', 'valentines day', "valentine's day", 'st valentines day'], fixed(2, 14)],
      [['st davids day', "st david's day"], fixed(3, 1)],
      [['st patricks day', "st patrick's day"], fixed(3, 17)],
      [['st georges day', "st george's day"], fixed(4, 23)],
      [['halloween', "hallowe'en"], fixed(10, 31)],
      [['bonfire night', 'guy fawkes', 'guy fawkes night'], fixed(11, 5)],
      [['st andrews day', "st andrew's day"], fixed(11, 30)],
      [['shrove tuesday', 'pancake day'], fromEaster(-47)],
      [['ash wednesday'], fromEaster(-46)],
      [['mothers day', "mother's day", 'mothering sunday'], fromEaster(-21)],
      [['palm sunday'], fromEaster(-7)],
      [['maundy thursday'], fromEaster(-3)],
      [['good friday'], fromEaster(-2)],
      [['easter', 'easter sunday', 'easter day'], fromEaster(0)],
      [['easter monday'], fromEaster(1)],
      [['whit sunday', 'pentecost'], fromEaster(49)],
      [['fathers day', "father's day"], (year: number) => nthWeekday(year, 6, 3, 7)],
      [['remembrance sunday'], (year: number) => nthWeekday(year, 11, 2, 7)],
      [['armistice day', 'remembrance day'], fixed(11, 11)],
    ] as const
  ).flatMap(([names, day]) => names.map((name) => [name, day] as const)),
);

/** Every name of a day, in lower case. */
export const DAY_NAMES: readonly string[] = [...NAMED_DAYS.keys()];

/** Easter Sunday: the first Sunday after the first full moon of spring (https://en.wikipedia.org/wiki/Date_of_Easter). */
function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  const moonShift = Math.floor((8 * century + 13) / 25);
  const epact = (century - leapCenturies - moonShift + 19 * golden + 15) % 30;
  const correction = epact > 28 || (epact === 28 && golden > 10) ? 1 : 0;
  // The first full moon of spring, as a day of March; Easter is the Sunday after it.
  const fullMoon = addToDay(`${year}-03-21`, { days: epact - correction });
  return addToDay(fullMoon, { days: 7 - (weekdayOf(fullMoon) % 7) });
}

/**
 * The first to fifth, or (-1) the last, such weekday of a month.
 * @param weekday 1 (Monday) to 7.
 * @returns undefined if the month has no fifth one.
 */
export function nthWeekday(
  year: number,
  month: number,
  nth: number,
  weekday: number,
): Day | undefined {
  const first = dayFromParts(year, month, 1);
  if (first === undefined) return undefined;
  const start = addToDay(first, { days: (weekday - weekdayOf(first) + 7) % 7 });
  const inMonth = (day: Day) => day.slice(0, 7) === first.slice(0, 7);
  const all = [0, 1, 2, 3, 4].map((weeks) => addToDay(start, { weeks })).filter(inMonth);
  return nth < 0 ? all.at(-1) : all[nth - 1];
}

/**
 * Reads a day that has a name, with or without a year: `christmas`, `good friday 2028`, `easter next year`, `last easter`,
 * `the august bank holiday`, `bank holiday monday`.
 */
export function namedDay(words: string, context: DayContext): DayReading | undefined {
  const phrase = words.replace(/^the /, '');
  const match =
    /^(?:(?<which>next|last|this) )?(?<name>.+?)(?: (?<year>\d{4}|(?:next|last|this) year))?$/.exec(
      phrase,
    );
  const { which, name = '', year } = match?.groups ?? {};
  const dayIn = NAMED_DAYS.get(name);
  if (!dayIn) return bankHoliday(phrase, context);
  const thisYear = Number(context.today.slice(0, 4));
  if (year !== undefined) return readAs(dayIn(yearNamed(year, context.today)));
  const tense = which === 'last' ? 'past' : which === 'next' ? 'future' : context.tense;
  const days = [-1, 0, 1].flatMap((years) => dayIn(thisYear + years) ?? []);
  const fitting = days.filter((day) => fitsTense(day, context.today, tense));
  const found = tense === 'future' ? fitting[0] : fitting.at(-1);
  // "Next Christmas", a few weeks before it, may be the one after.
  if (which === 'next' && found && daysBetween(context.today, found) < 60) {
    const after = fitting[1] ?? dayIn(thisYear + 2);
    return chooseDay([found, ...(after ? [after] : [])]);
  }
  if (which === undefined && tense === 'past' && found && daysBetween(found, context.today) > 183)
    return chooseDay([found]);
  return readAs(found);
}

/** `the bank holiday`, `the next bank holiday`, `bank holiday monday`, `the may bank holiday`: never on a weekend. */
function bankHoliday(phrase: string, context: DayContext): DayReading | undefined {
  const match =
    /^(?:(?:next|last) )?(?:(?<before>[a-z]+) )?bank holiday(?: (?<after>monday|friday))?$/.exec(
      phrase,
    );
  if (!match) return undefined;
  const { before, after } = match.groups ?? {};
  const { today, week } = context;
  const tense = phrase.startsWith('last') ? 'past' : context.tense;
  const thisYear = Number(today.slice(0, 4));
  const holidays = [-1, 0, 1]
    .flatMap((years) => [...bankHolidays(week.calendar, thisYear + years)])
    .filter(([day]) => weekdayOf(day) < 6 && fitsTense(day, today, tense))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const fitting = holidays.filter(([day, name]) => {
    if (after !== undefined || before === 'monday')
      return weekdayOf(day) === (after === 'friday' ? 5 : 1);
    if (before === undefined || before === 'the') return true;
    const month = MONTH_NAMES[Number(day.slice(5, 7)) - 1]?.toLowerCase() ?? '';
    return month === before || month.slice(0, 3) === before || name.toLowerCase().includes(before);
  });
  const days = fitting.map(([day]) => day);
  const found = tense === 'future' ? days[0] : days.at(-1);
  if (found === undefined) return undefined;
  // May has two.
  const inMonth = days.filter((day) => day.slice(0, 7) === found.slice(0, 7));
  return before === 'may' && inMonth.length > 1 ? chooseDay(inMonth) : readAs(found);
}
