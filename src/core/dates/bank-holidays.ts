import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { Day } from './day.ts';

/** The calendars of https://www.gov.uk/bank-holidays, as `date-holidays` names them: ISO 3166-2 without the country. */
const regions: { readonly [calendar: string]: string } = {
  'england-and-wales': 'ENG',
  scotland: 'SCT',
  'northern-ireland': 'NIR',
};

const known = new Map<string, ReadonlyMap<Day, string>>();

/**
 * The bank holidays of one year, substitute days included, each with its English name. One-off holidays are those
 * the library's release knows.
 * @param calendar `england-and-wales`, `scotland` or `northern-ireland`; any other has none.
 */
export function bankHolidays(calendar: string, year: number): ReadonlyMap<Day, string> {
  const key = `${calendar} ${year}`;
  const standing = known.get(key);
  if (standing) return standing;
  const region = regions[calendar];
  const found = region === undefined ? [] : inRegion(region).getHolidays(year, 'en');
  const days = new Map(found.map(({ date, name }) => [date.slice(0, 10), name]));
  known.set(key, days);
  return days;
}

/** Whether a day is a bank holiday. */
export function isBankHoliday(day: Day, calendar: string): boolean {
  return bankHolidays(calendar, Number(day.slice(0, 4))).has(day);
}

/**
 * The library takes 25 MB of memory, most of it for the rest of the world: it is loaded when the first schedule
 * asks for a day, and at once, since schedules are worked out without waiting.
 */
function inRegion(region: string): Holidays {
  const load = createRequire(import.meta.url);
  const Library = load('date-holidays') as typeof Holidays;
  return new Library('GB', region, { types: ['public', 'bank'] });
}
