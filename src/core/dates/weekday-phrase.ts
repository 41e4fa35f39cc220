import { type Tense, WEEKDAYS } from './calendar-date.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';

/** `friday`, `next friday`, `last tuesday`, `friday week`, `a week on friday`, `friday next week`, `the weekend`. */
export function weekdayPhrase(phrase: string, today: Day, tense: Tense): Day | undefined {
  const tokens = phrase.split(' ');
  if (/^(?:at )?(?:the |this )?weekend$/.test(phrase)) return near(6, today, tense, true);
  if (/^(?:last|next) weekend$/.test(phrase))
    return inWeek(6, today, tokens[0] === 'next' ? 1 : -1);
  const [first = '', second = ''] = tokens;
  const weekday = WEEKDAYS.get(tokens.length === 2 && isWhich(first) ? second : first);
  if (weekday === undefined) return undefined;
  if (tokens.length === 1) return near(weekday, today, tense, false);
  if (tokens.length === 2 && isWhich(first)) {
    if (first === 'this') return near(weekday, today, tense, true);
    return first === 'next' ? inWeek(weekday, today, 1) : near(weekday, today, 'past', false);
  }
  if (phrase.endsWith(' week') && tokens.length === 3 && isWhich(second)) {
    return inWeek(weekday, today, second === 'next' ? 1 : second === 'this' ? 0 : -1);
  }
  if (tokens.length === 2 && second === 'week') {
    return addToDay(near(weekday, today, 'future', false), { weeks: 1 });
  }
  return undefined;
}

const isWhich = (word: string): boolean =>
  ['this', 'next', 'last', 'past', 'coming'].includes(word);

/** The nearest such weekday, looking one way; today only if `orToday`. */
function near(weekday: number, today: Day, tense: Tense, orToday: boolean): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  if (ahead === 0) return orToday ? today : addToDay(today, { weeks: tense === 'future' ? 1 : -1 });
  return addToDay(today, { days: tense === 'future' ? ahead : ahead - 7 });
}

/** That weekday of this week, or of one some weeks away; weeks start on Monday. */
export function inWeek(weekday: number, today: Day, weeks: number): Day {
  return addToDay(today, { days: weekday - weekdayOf(today), weeks });
}
