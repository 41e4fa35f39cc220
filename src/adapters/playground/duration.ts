import { DateTime, Duration } from 'luxon';
import { HttpError } from './http-error.ts';
import { LONGEST_MOVE } from './limits.ts';

const SHORT = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i;

/** What may stand behind a number: `90m`, `2 hours`, `1w`. */
const UNITS: readonly [
  pattern: RegExp,
  unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years',
][] = [
  [/^m(in(ute)?s?)?$/i, 'minutes'],
  [/^h((ou)?rs?)?$/i, 'hours'],
  [/^d(ays?)?$/i, 'days'],
  [/^w((ee)?ks?)?$/i, 'weeks'],
  [/^mo(nths?)?$/i, 'months'],
  [/^y(ea)?rs?$|^y$/i, 'years'],
];

/**
 * Where the clock stands after moving on by `text` (`1h`, `1d`, `2w`, or ISO 8601 like `P1DT2H`), for people in `zone`:
 * a day later is the same time tomorrow, whatever the clocks do in between.
 * @throws Complaint if it says nothing, stands still, goes back or is longer than a year.
 */
export function movedOn(now: Date, text: string, zone: string): Date {
  const from = DateTime.fromJSDate(now, { zone });
  const to = from.plus(read(text));
  if (!to.isValid || to > from.plus(LONGEST_MOVE)) {
    throw new HttpError('The clock moves on by a year at most: try 1w, or P1M.');
  }
  if (to < from) throw new HttpError('The clock only moves forward: try 1d.');
  if (+to === +from) throw new HttpError('That would leave the clock where it is: try 1h or 1d.');
  return to.toJSDate();
}

function read(text: string): Duration {
  const short = SHORT.exec(text.trim());
  const unit = UNITS.find(([pattern]) => pattern.test(short?.[2] ?? ''))?.[1];
  if (short && unit) return Duration.fromObject({ [unit]: Number(short[1]) });
  const iso = Duration.fromISO(text.trim());
  if (iso.isValid && Object.keys(iso.toObject()).length > 0) return iso;
  if (/^-\s*\d/.test(text.trim())) throw new HttpError('The clock only moves forward: try 1d.');
  throw new HttpError(
    `I can't read "${text.slice(0, 40)}" as a length of time: try 1h, 1d, 1w or ISO 8601 like P1DT2H.`,
  );
}
