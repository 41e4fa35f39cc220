import { capitalize, quoteShort } from '../../base/text.ts';
import type { Suggest } from '../../command/command.ts';
import {
  addToDay,
  type Day,
  dayOf,
  dayText,
  instantOf,
  minuteOf,
  weekdayOf,
} from '../../dates/day.ts';
import { interpretRepeat, type RepeatWords } from '../../dates/read-repeat.ts';
import { onlyValue } from '../../dates/reading.ts';
import type { When } from '../../dates/when.ts';
import type { Series } from '../../domain/followups/followup.ts';
import {
  dayOfOccurrence,
  nextDay,
  type Repeat,
  type RepeatRhythm,
} from '../../domain/followups/repeat.ts';
import { repeatText } from '../../domain/followups/repeat-text.ts';
import { refusePast } from '../../domain/followups/rules.ts';
import { whenDueOn } from '../../domain/followups/series.ts';
import { day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

const EXAMPLES = rich`Try "every monday", "every 2 weeks on friday", "monthly on the 15th", "the last friday of the month" or "every year on 1 April", and a time such as "at 9am" if you like.`;

/**
 * Reads how often something repeats, as people write it.
 * @throws UserError if the text cannot be read, or could mean two things.
 */
function readRepeatOrThrow(text: string): RepeatWords {
  const reading = interpretRepeat(text);
  if (reading?.kind === 'read') return reading.value;
  if (reading?.kind === 'refused') throw new UserError(reading.reason, 'repeat');
  throw new UserError(rich`I can't read "${quoteShort(text)}" as how often. ${EXAMPLES}`, 'repeat');
}

const REPEATS = [
  ...['every monday', 'every weekday', 'every 2 weeks on friday', 'monthly on the 1st'],
  ...['the last friday of the month', 'every year on 1 april'],
];

/** Suggests how often something repeats: usual ways, or what the typed words are read as, with the first day. */
export const suggestRepeats: Suggest = (typed, { now, zone }) => {
  const words = typed.trim();
  const usual = REPEATS.filter((repeat) => repeat.startsWith(words.toLowerCase()));
  const own = words === '' || usual.includes(words.toLowerCase()) ? [] : [words];
  return [...usual, ...own].flatMap((value) => {
    const reading = onlyValue(interpretRepeat(value));
    // Without a day, the first one depends on another answer.
    if (!reading || (reading.unit !== 'day' && !reading.on)) return [];
    const rule = startRepeat(reading, {}, { now, zone });
    const first = dayText(rule.from, dayOf(now, zone));
    return [{ value, label: `${capitalize(repeatText(rule))}, first on ${first}` }];
  });
};

/** When a series begins and ends, as far as that was given. */
export interface SeriesBounds {
  /** The earliest day of the first one. */
  by?: When | undefined;
  until?: Day | undefined;
  /** How many there are in all. */
  times?: number | undefined;
}

/**
 * The series of a new follow-up, and when the first one is due.
 * @param repeat how often, as it was typed; undefined if it does not repeat.
 * @throws UserError if that cannot be read, the first one is in the past, or an end is given without a repeat.
 */
export function newSeries(
  repeat: string | undefined,
  bounds: SeriesBounds,
  { title, partner }: Pick<Series, 'title' | 'partner'>,
  context: { now: Date; zone: string },
): { series: Series; due: When } | undefined {
  if (repeat === undefined) {
    const end = bounds.until !== undefined ? 'until' : bounds.times !== undefined && 'times';
    if (end)
      throw new UserError(`How often does it repeat? Add it, for example ${REPEAT_EXAMPLE}.`, end);
    return undefined;
  }
  const rule = startRepeat(readRepeatOrThrow(repeat), bounds, context);
  const due = whenDueOn(rule.from, rule, context.zone);
  refusePast(due, context.now, dayOf(context.now, context.zone));
  return { series: { repeat: rule, day: rule.from, title, partner }, due };
}

const REPEAT_EXAMPLE = 'repeat:"every monday"';

/**
 * Makes a rule from the words. Its first day is the first one that fits on or after `by`, or after now.
 * @param zone the owner's zone (IANA name).
 * @throws UserError if the day is not clear, or the end is before the first day.
 */
export function startRepeat(
  wording: RepeatWords,
  { by, until, times }: SeriesBounds,
  { now, zone }: { now: Date; zone: string },
): Repeat {
  if (until !== undefined && times !== undefined) {
    throw new UserError('Please use either until: or times:, not both.', 'times');
  }
  const minute = wording.minute ?? (by?.at ? minuteOf(by.at, zone) : null);
  const earliest = by?.day ?? firstFree(minute, now, zone);
  const rhythm = rhythmOf(wording, by?.day);
  const from = firstFitting(rhythm, wording.month, earliest);
  const end = times === undefined ? (until ?? null) : dayOfOccurrence({ rhythm, from }, times);
  if (end !== null && end < from) {
    throw new UserError(
      rich`The first one would be on ${day(from)}, and ${day(end)} is before that. Until when should it repeat?`,
      'until',
    );
  }
  return { rhythm, from, minute, until: end, skipped: [] };
}

/** The earliest first day: today if the clock time is still to come, else tomorrow. */
function firstFree(minute: number | null, now: Date, zone: string): Day {
  const today = dayOf(now, zone);
  const ahead = minute !== null && instantOf(today, minute, zone) > now;
  return ahead ? today : addToDay(today, { days: 1 });
}

function rhythmOf({ unit, count, on, month }: RepeatWords, by: Day | undefined): RepeatRhythm {
  if (unit === 'day') return { every: 'day', count };
  if (on === undefined && by === undefined) {
    const example = unit === 'week' ? 'every friday' : 'monthly on the 15th';
    throw new UserError(
      rich`On which day? For example repeat:"${example}", or say with by: when the first one is due.`,
      'repeat',
    );
  }
  const given = on ?? dayAs(unit, by ?? '');
  if ('days' in given) return { every: 'week', count, on: given.days };
  return { every: 'month', count: month === undefined ? count : Math.max(count, 12), ...given };
}

function dayAs(unit: 'week' | 'month', by: Day): { days: number[] } | { date: number } {
  return unit === 'week' ? { days: [weekdayOf(by)] } : { date: Number(by.slice(8)) };
}

/** The first day that fits, on or after a day. Every second week and so on are counted from it. */
function firstFitting(rhythm: RepeatRhythm, month: number | undefined, earliest: Day): Day {
  const inMonth = month === undefined ? undefined : String(month).padStart(2, '0');
  const candidate: Repeat = {
    rhythm: { ...rhythm, count: inMonth === undefined ? 1 : 12 },
    from: inMonth === undefined ? earliest : `${earliest.slice(0, 4)}-${inMonth}-01`,
    minute: null,
    until: null,
    skipped: [],
  };
  return nextDay(candidate, addToDay(earliest, { days: -1 })) ?? earliest;
}
