import type { Minute } from '../../dates/day.ts';
import type { ChannelRef } from '../../message/address.ts';
import type { RichText } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type Digest, type DigestRhythm, digestRhythmOf } from './digest.ts';

/** The time of day of a digest if none was given: 09:00. */
export const DEFAULT_DIGEST_MINUTE: Minute = 9 * 60;

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** On which days a digest is posted. */
export type PostingRule = Pick<Digest, 'weekday' | 'monthday'> & { rhythm: DigestRhythm };

/**
 * Works out the days of a digest from the args. The default is each Monday; a date makes it monthly.
 * @throws UserError if a date is combined with a weekday or with `week`.
 */
export function postingRuleFrom(args: {
  every: 'week' | 'month' | undefined;
  day: (typeof weekdays)[number] | undefined;
  date: number | undefined;
}): PostingRule {
  const { every, day, date } = args;
  if (date !== undefined && every === 'week')
    throw new UserError(
      'A weekly digest needs a weekday, such as day:monday. For a date, add every:month.',
      'date',
    );
  if (date !== undefined && day !== undefined)
    throw new UserError(
      'I can post on a date or on a weekday, not both. Leave one of them out.',
      'date',
    );
  return {
    rhythm: every === 'month' || date !== undefined ? 'monthly' : 'weekly',
    weekday: weekdays.indexOf(day ?? 'monday') + 1,
    monthday: date ?? null,
  };
}

/** The days of a digest in words: `each week on Monday`, `each month on the first Monday`. */
export function postingText(rule: Pick<Digest, 'rhythm' | 'weekday' | 'monthday'>): string {
  const word = weekdays[rule.weekday - 1] ?? 'monday';
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  if (digestRhythmOf(rule) === 'weekly') return `each week on ${name}`;
  if (rule.monthday === null) return `each month on the first ${name}`;
  return rule.monthday > 28
    ? `each month on day ${rule.monthday}, or the last`
    : `each month on day ${rule.monthday}`;
}

/** The channel of a digest, which each platform shows by its name. */
export function channelName({ channel }: ChannelRef): RichText {
  return [{ channel, name: channel }];
}
