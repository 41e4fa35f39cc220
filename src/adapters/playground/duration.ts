import { DateTime, Duration } from 'luxon';
import { HttpError } from './http-error.ts';
import { MAX_CLOCK_ADVANCE } from './limits.ts';

const SHORT_FORM = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i;

/** The units that may follow a number, as in `90m`, `2 hours`, `1w`. */
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
 * Adds a typed duration (`1h`, `1d`, `2w`, or ISO 8601 like `P1DT2H`) to an instant.
 * @param zone IANA name. A day later is the same time of day there, also when the clocks change in between.
 * @throws HttpError if the text is no duration, zero, negative or longer than a year.
 */
export function addDuration(now: Date, text: string, zone: string): Date {
  const from = DateTime.fromJSDate(now, { zone });
  const to = from.plus(parseDuration(text));
  if (!to.isValid || to > from.plus(MAX_CLOCK_ADVANCE)) {
    throw new HttpError('The clock moves on by a year at most: try 1w, or P1M.');
  }
  if (to < from) throw new HttpError('The clock only moves forward: try 1d.');
  if (+to === +from) throw new HttpError('That would leave the clock where it is: try 1h or 1d.');
  return to.toJSDate();
}

function parseDuration(text: string): Duration {
  const short = SHORT_FORM.exec(text.trim());
  const unit = UNITS.find(([pattern]) => pattern.test(short?.[2] ?? ''))?.[1];
  if (short && unit) return Duration.fromObject({ [unit]: Number(short[1]) });
  const iso = Duration.fromISO(text.trim());
  if (iso.isValid && Object.keys(iso.toObject()).length > 0) return iso;
  if (/^-\s*\d/.test(text.trim())) throw new HttpError('The clock only moves forward: try 1d.');
  throw new HttpError(
    `I can't read "${text.slice(0, 40)}" as a length of time: try 1h, 1d, 1w or ISO 8601 like P1DT2H.`,
  );
}
