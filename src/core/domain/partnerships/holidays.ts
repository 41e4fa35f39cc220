import { quoteShort } from '../../base/text.ts';
import { type Day, daysBetween, dayText } from '../../dates/day.ts';
import { readDayRange } from '../../dates/read-range.ts';
import { type DayRange, dayAfterRanges, rangeWith } from '../../dates/working-days.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { PartnerHoliday, Partnership } from './partnership.ts';

/** The longest holiday, in days: the longest recess, or the weeks before an election, with some to spare. */
const MAX_HOLIDAY_DAYS = 100;
/** How many holidays a partnership can have that are not over, for everybody and for partners together. */
const MAX_HOLIDAYS = 60;

/** Whose holiday it is: of one partner, or of all partners of a level. Both null: of everybody. */
export type HolidayScope = Pick<PartnerHoliday, 'partner' | 'level'>;

/** The scope of a holiday of the whole partnership. */
export const FOR_EVERYBODY: HolidayScope = { partner: null, level: null };

/** The two lists of holidays. */
export type Holidays = Pick<Partnership, 'holidays' | 'partnerHolidays'>;

/**
 * Reads the days of a holiday: `24 Dec - 2 Jan`.
 * @param arg the arg that the text was typed for.
 * @throws UserError at that arg if they cannot be read, are over, or are too many.
 */
export function readHoliday(text: string, today: Day, arg: string): DayRange {
  const days = readDayRange(text, today);
  if (!days)
    throw new UserError(
      rich`I can't read "${quoteShort(text)}" as days. Try "24 Dec - 2 Jan".`,
      arg,
    );
  if (days.to < today) throw new UserError('Those days are over. Which ones are to come?', arg);
  if (daysBetween(days.from, days.to) >= MAX_HOLIDAY_DAYS)
    throw new UserError(
      rich`${rangeText(days, today)} is more than ${MAX_HOLIDAY_DAYS} days. Which days do you mean?`,
      arg,
    );
  return days;
}

/**
 * The lists with a holiday added. Those that are over stay, since late promises count their days.
 * @throws UserError if there are too many.
 */
export function withHoliday(
  lists: Holidays,
  days: DayRange,
  scope: HolidayScope,
  today: Day,
): Holidays {
  const others = withoutHoliday(lists, days, scope);
  const withMore = <R extends DayRange>(ranges: readonly R[] | null, more: readonly R[]): R[] =>
    [...(ranges ?? []), ...more].toSorted(byFirstDay);
  const isForAll = isForEverybody(scope);
  const result = {
    holidays: withMore(others.holidays, isForAll ? [days] : []),
    partnerHolidays: withMore(others.partnerHolidays, isForAll ? [] : [{ ...days, ...scope }]),
  };
  if (comingHolidays(result, today).length > MAX_HOLIDAYS)
    throw new UserError(`There are ${MAX_HOLIDAYS} holidays already. Take one away first.`);
  return result;
}

/** The lists without a holiday. */
export function withoutHoliday(lists: Holidays, days: DayRange, scope: HolidayScope): Holidays {
  const { holidays, partnerHolidays } = lists;
  if (isForEverybody(scope))
    return { ...lists, holidays: (holidays ?? []).filter((one) => !isSameRange(one, days)) };
  return {
    ...lists,
    partnerHolidays: (partnerHolidays ?? []).filter(
      (one) => !isSameRange(one, days) || !isSameScope(one, scope),
    ),
  };
}

/** Whether a list has a holiday. */
export function hasHoliday(lists: Holidays, days: DayRange, scope: HolidayScope): boolean {
  return allHolidays(lists).some((one) => isSameRange(one, days) && isSameScope(one, scope));
}

/** The holidays that are not over, the earliest first. */
export function comingHolidays(lists: Holidays, today: Day): PartnerHoliday[] {
  return allHolidays(lists)
    .filter(({ to }) => to >= today)
    .toSorted(byFirstDay);
}

function allHolidays({ holidays, partnerHolidays }: Holidays): PartnerHoliday[] {
  const ofAll = (holidays ?? []).map((days) => ({ ...days, partner: null, level: null }));
  return [...ofAll, ...(partnerHolidays ?? [])];
}

/** What decides about a partner's holidays. */
export interface AwayPartner {
  id: string;
  level: string | null;
  /** The partners that were merged into it: their holidays are its own. */
  merges?: readonly { from: string }[] | null;
}

/** The holidays of a partner: its own, and those of its level. */
export function holidaysOfPartner(
  { id, level, merges }: AwayPartner,
  { partnerHolidays }: Partial<Pick<Partnership, 'partnerHolidays'>>,
): PartnerHoliday[] {
  const ids = [id, ...(merges ?? []).map(({ from }) => from)];
  return (partnerHolidays ?? []).filter(
    (one) =>
      (one.partner !== null && ids.includes(one.partner)) ||
      (one.level !== null && one.level === level),
  );
}

/** The holiday of a partner on a day; undefined if it has none then. Nobody is asked to be in touch with it in these days. */
export function partnerHolidayOn(
  day: Day,
  partner: AwayPartner,
  partnership: Partial<Pick<Partnership, 'partnerHolidays'>>,
): PartnerHoliday | undefined {
  return rangeWith(day, holidaysOfPartner(partner, partnership));
}

/** The day itself, or the first day after the partner's holiday that it is in. */
export function dayAfterPartnerHoliday(
  day: Day,
  partner: AwayPartner,
  partnership: Partial<Pick<Partnership, 'partnerHolidays'>>,
): Day {
  return dayAfterRanges(day, holidaysOfPartner(partner, partnership));
}

/** Days in a row in words: `Thu 24 Dec to Sat 2 Jan 2027`. Years are shown as in `dayText`, and only one if both are in it. */
export function rangeText({ from, to }: DayRange, today?: Day): string {
  if (from === to) return dayText(from, today);
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  return `${dayText(from, isOneYear ? to : today)} to ${dayText(to, today)}`;
}

/** Whose holiday it is, in words. @param nameOf the name of a partner */
export function holidayScopeText(
  { partner, level }: HolidayScope,
  nameOf: (partner: string) => string | undefined,
): string {
  if (partner !== null) return nameOf(partner) ?? 'a partner';
  return level === null ? 'everybody' : `${level} partners`;
}

const isForEverybody = ({ partner, level }: HolidayScope): boolean =>
  partner === null && level === null;

const isSameRange = (one: DayRange, other: DayRange): boolean =>
  one.from === other.from && one.to === other.to;

const isSameScope = (one: HolidayScope, other: HolidayScope): boolean =>
  one.partner === other.partner && one.level === other.level;

const byFirstDay = (one: DayRange, other: DayRange): number => {
  const [a, b] = [`${one.from} ${one.to}`, `${other.from} ${other.to}`];
  return a < b ? -1 : Number(a > b);
};
