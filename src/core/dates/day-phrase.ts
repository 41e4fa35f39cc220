import { calendarDate, isAhead, isoDay, type Tense } from './calendar-date.ts';
import { addToDay, type Day } from './day.ts';
import { distance } from './distance.ts';
import { namedDay } from './named-day.ts';
import { periodEdge } from './period-edge.ts';
import { weekdayPhrase } from './weekday-phrase.ts';

export type { Tense } from './calendar-date.ts';

const PART = /^(.+) (morning|afternoon|evening|night)$/;

/**
 * Reads a day out of plain words (see `plainWords`): by name, by weekday, by distance or by the calendar.
 * @returns undefined if that is not all they are.
 */
export function dayIn(words: string, today: Day, tense: Tense): Day | undefined {
  const phrase = words.replace(/^(?:on|by) /, '');
  if (/^this (?:morning|afternoon|evening)$/.test(phrase)) return today;
  const named = namedDay(phrase.replace(/^the /, ''), today);
  if (named !== undefined) return named;
  const [, of, part] = PART.exec(phrase) ?? [];
  // Part of a day is not a clock time: "friday morning" is Friday.
  if (of !== undefined && part !== undefined) return dayIn(of, today, tense);
  const found =
    weekdayPhrase(phrase, today, tense) ??
    distance(phrase, today, tense) ??
    periodEdge(phrase, today, tense) ??
    ordinalDay(phrase, today, tense) ??
    calendarDate(phrase, today, tense);
  return found === undefined ? undefined : isoDay(found);
}

/** The part of the day that words name besides the day, if they do. */
export function partOfDay(words: string): string | undefined {
  return /(morning|afternoon|evening|night)$/.exec(words)?.[1];
}

/** `the 14th`: the coming one, or the latest. Months without that day are passed over. */
function ordinalDay(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)(?: of (this|next|last) month)?$/.exec(phrase);
  if (!match) return undefined;
  const which = match[2];
  const monthAt = (away: number): Day | undefined => {
    const first = addToDay(`${today.slice(0, 7)}-01`, { months: away });
    return isoDay(`${first.slice(0, 7)}-${(match[1] ?? '').padStart(2, '0')}`);
  };
  if (which) return monthAt(which === 'next' ? 1 : which === 'last' ? -1 : 0);
  const step = tense === 'future' ? 1 : -1;
  for (let away = 0; away <= 3; away++) {
    const day = monthAt(away * step);
    if (day !== undefined && isAhead(day, today, tense)) return day;
  }
  return undefined;
}
