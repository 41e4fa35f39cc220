import { minuteOf } from './day.ts';
import { onlyValue, possibleValues, readAs } from './reading.ts';
import { minuteOfClockTime, readClockTime } from './time-of-day.ts';
import { type DateReading, distinct, whenAt } from './when.ts';

/**
 * Reads several dates, from which one has to be chosen: `friday or monday`, `friday to monday`, `2nd and 15th`, `14-16 dec`,
 * `friday 3-4pm`.
 * @param readOne reads one date.
 */
export function readSeveral(
  words: string,
  zone: string,
  readOne: (words: string) => DateReading | undefined,
): DateReading | undefined {
  const read = (text: string): DateReading | undefined => {
    const reading = readOne(text.trim());
    return reading?.kind === 'refused' ? undefined : reading;
  };
  for (const match of words.matchAll(SEVERAL)) {
    const head = words.slice(0, match.index).replace(/^(?:from|between|either) /, '');
    const tail = words.slice(match.index + match[0].length);
    // "Next" and the words after the second day are said of both: "next mon or tues", "mon or tues next week".
    const lead = /^(?:next|last|this) /.exec(head)?.[0] ?? '';
    const half = /(?<=\d ?)[ap]m\b/.exec(tail)?.[0] ?? '';
    const last = sameDayTime(head, tail, zone, read) ?? read(`${lead}${tail}`) ?? read(tail);
    const first =
      (/\d$/.test(head) && half !== '' ? read(`${head}${half} ${afterTime(tail)}`) : undefined) ??
      read(`${head} ${afterFirstWord(tail)}`) ??
      read(head);
    if (!first || !last) continue;
    const values = distinct([...possibleValues(first), ...possibleValues(last)]);
    return values.length < 2
      ? first
      : { kind: 'choice', question: 'I can take one of these. Which?', values };
  }
  return undefined;
}

const SEVERAL = / (?:or|and|to|until|till|-|then) | ?[-+] ?|(?<=[a-z])\/(?=[a-z])/g;
const afterFirstWord = (words: string): string => words.replace(/^\S+ ?/, '');
const afterTime = (words: string): string => words.replace(/^.*?[ap]m ?/, '');

/** The other time of the same day: `4pm` after "friday 3pm", `11` after "tomorrow 8pm". */
function sameDayTime(
  head: string,
  tail: string,
  zone: string,
  read: (words: string) => DateReading | undefined,
): DateReading | undefined {
  const time = readClockTime(tail);
  if (!time) return undefined;
  const half = time.half ?? '';
  const start = onlyValue(read(/\d$/.test(head) ? `${head}${half}` : head));
  if (!start?.at) return undefined;
  const startMinute = minuteOf(start.at, zone);
  const minute = minuteOfClockTime(time) ?? 0;
  const later = !time.half && !time.exact && minute < startMinute ? minute + 720 : minute;
  return later > startMinute && later < 1440 ? readAs(whenAt(start.day, later, zone)) : undefined;
}
