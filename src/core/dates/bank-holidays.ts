import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { LRUCache } from 'lru-cache';
import type { Day } from './day.ts';

/** The calendars of https://www.gov.uk/bank-holidays, as `date-holidays` names them: ISO 3166-2 without the country. */
const REGIONS: { readonly [calendar: string]: string } = {
  'england-and-wales': 'ENG',
  scotland: 'SCT',
  'northern-ireland': 'NIR',
};

const MAX_YEARS = 100;
const holidaysByYear = new LRUCache<string, ReadonlyMap<Day, string>>({ max: MAX_YEARS });

/**
 * The bank holidays of one year with their English names, substitute days included. One-off holidays are there as far
 * as this release of `date-holidays` has them.
 * @param calendar `england-and-wales`, `scotland` or `northern-ireland`; any other has none.
 */
export function bankHolidays(calendar: string, year: number): ReadonlyMap<Day, string> {
  const key = `${calendar} ${year}`;
  const known = holidaysByYear.get(key);
  if (known) return known;
  const region = REGIONS[calendar];
  const found = region === undefined ? [] : holidaysOf(region).getHolidays(year, 'en');
  const holidays = new Map(found.map(({ date, name }) => [date.slice(0, 10), name]));
  holidaysByYear.set(key, holidays);
  return holidays;
}

/** Whether a day is a bank holiday. */
export function isBankHoliday(day: Day, calendar: string): boolean {
  return bankHolidays(calendar, Number(day.slice(0, 4))).has(day);
}

/**
 * The library takes 25 MB of memory, most of it for other countries, so it is loaded at its first use. It is loaded by
 * `require`, since schedules are computed synchronously.
 */
function holidaysOf(region: string): Holidays {
  const load = createRequire(import.meta.url);
  const Library = load('date-holidays') as typeof Holidays;
  return new Library('GB', region, { types: ['public', 'bank'] });
}
