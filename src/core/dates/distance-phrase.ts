import { addToDay, type Day } from './day.ts';
import { negated, readDays } from './length.ts';
import { chooseDay, type DayContext, type DayReading, readAs } from './reading.ts';
import { readCount } from './time-span.ts';
import { addWorkingDays } from './working-days.ts';

/**
 * Reads a day by its distance from today: `in 2 weeks`, `2 weeks time`, `3 days ago`, `next month`, `week after next`,
 * `2 weeks`, `in 7 working days`, `in a week or two`. "Next week" is a week from today.
 */
export function distancePhrase(phrase: string, context: DayContext): DayReading | undefined {
  const { today, tense } = context;
  const working = workingDays(phrase, context);
  if (working) return working;
  const whole = /^(?:the )?(next|last|past) (week|fortnight|month|quarter|year)$/.exec(phrase);
  if (whole) return later(today, `a ${whole[2]}`, whole[1] === 'next' ? 1 : -1);
  const twice = /^(?:the )?(week|month|year|weekend) (after next|before last)$/.exec(phrase);
  if (twice && twice[1] !== 'weekend')
    return later(today, `2 ${twice[1]}s`, twice[2] === 'after next' ? 1 : -1);
  const either = /^(?:(in|within) )?(.+?)(?: (?:time|ago))?$/.exec(phrase);
  const choice = either && eitherLength(either[2] ?? '', phrase, context);
  if (choice) return choice;
  const ago = /^(.+) (?:ago|back)$/.exec(phrase)?.[1];
  if (ago !== undefined) return later(today, ago.includes(' ') ? ago : `a ${ago}`, -1);
  const ahead =
    /^(?:in|within|inside) (?:the )?(.+?)(?:'?s?'? time|s' time| from now| from today)?$/.exec(
      phrase,
    )?.[1] ?? /^(.+?)(?:'s|')? (?:time|from now|from today|away|later)$/.exec(phrase)?.[1];
  if (ahead !== undefined) return later(today, ahead, 1);
  return tense === 'future' ? later(today, phrase, 1) : undefined;
}

/** The day that is a length such as `2 weeks` away. A month after 31 January is the last day of February. */
function later(from: Day, length: string, sign: 1 | -1): DayReading | undefined {
  const by = readDays(length);
  return by && readAs(addToDay(from, sign > 0 ? by : negated(by)));
}

/** `a week or two`, `2 or 3 weeks`, `2-3 days`: a choice. */
function eitherLength(
  words: string,
  phrase: string,
  { today, tense }: DayContext,
): DayReading | undefined {
  const match =
    /^(?:a|one) (day|week|month|year) or (two|so)$/.exec(words) ??
    /^(\S+?)(?: or | to | ?- ?)(\S+) ((?:day|week|fortnight|month|year)s)$/.exec(words);
  if (!match) return undefined;
  const [, first = '', second = '', unit] = match;
  const lengths =
    unit === undefined
      ? [`a ${first}`, ...(second === 'two' ? [`2 ${first}s`] : [])]
      : [`${first} ${unit}`, `${second} ${unit}`];
  const isAgo = phrase.endsWith(' ago');
  if (!isAgo && !phrase.startsWith('in ') && tense === 'past') return undefined;
  const days = lengths
    .map(readDays)
    .flatMap((by) => (by ? addToDay(today, isAgo ? negated(by) : by) : []));
  if (days.length < lengths.length) return undefined;
  return days.length === 1 ? readAs(days[0] ?? '') : chooseDay(days);
}

/** `next working day`, `in 7 business days`, `3 working days`. A weekday is Monday to Friday, holidays included. */
function workingDays(phrase: string, { today, week, tense }: DayContext): DayReading | undefined {
  const next = /^(?:the )?next (working day|business day|weekday)$/.exec(phrase)?.[1];
  if (next !== undefined) {
    const weekdays = { workingDays: [1, 2, 3, 4, 5], calendar: '' };
    return readAs(addWorkingDays(today, 1, next === 'weekday' ? weekdays : week));
  }
  const counted =
    /^(?:(in|within) )?(\S+) (?:working|business|week) ?days?(?:'? time| from now| from today)?$/.exec(
      phrase,
    );
  const count = readCount(counted?.[2]);
  if (count === undefined || count > 500 || (counted?.[1] === undefined && tense === 'past'))
    return undefined;
  return readAs(addWorkingDays(today, count, week));
}
