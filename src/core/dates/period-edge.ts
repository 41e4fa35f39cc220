import { dayAt, endOfMonth, isAhead, monthOf, type Tense } from './calendar-date.ts';
import { addToDay, type Day, weekdayOf } from './day.ts';
import { inWeek } from './weekday-phrase.ts';

/** `end of the month`, `end of next week`, `start of December`. A working week ends on Friday. */
export function periodEdge(phrase: string, today: Day, tense: Tense): Day | undefined {
  const match = /^(?:the )?(end|start|beginning) of (?:the )?(?:(this|next|last) )?([a-z]+)$/.exec(
    phrase,
  );
  if (!match) return undefined;
  const [, edge, which, period = ''] = match;
  const away = which === 'next' ? 1 : which === 'last' ? -1 : 0;
  const atEnd = edge === 'end';
  if (period === 'week') {
    if (!atEnd) return inWeek(1, today, away);
    return inWeek(away === 0 && weekdayOf(today) > 5 ? 7 : 5, today, away);
  }
  if (period === 'month')
    return atEnd ? endOfMonth(today, away) : addToDay(endOfMonth(today, away - 1), { days: 1 });
  const year = Number(today.slice(0, 4)) + away;
  if (period === 'year') return atEnd ? dayAt(year, 12, 31) : dayAt(year, 1, 1);
  const month = which === undefined ? monthOf(period) : undefined;
  return month === undefined ? undefined : edgeOfMonth(month, atEnd, today, tense);
}

function edgeOfMonth(month: number, atEnd: boolean, today: Day, tense: Tense): Day | undefined {
  const step = tense === 'future' ? 1 : -1;
  for (const years of [0, step]) {
    const first = dayAt(Number(today.slice(0, 4)) + years, month, 1);
    const day = first && atEnd ? endOfMonth(first, 0) : first;
    if (day !== undefined && isAhead(day, today, tense)) return day;
  }
  return undefined;
}
