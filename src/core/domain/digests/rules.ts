import type { Minute } from '../../dates/day.ts';
import type { ChannelRef } from '../../message/address.ts';
import type { RichText } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type Digest, type DigestRhythm, rhythmOf } from './digest.ts';

/** At 09:00, unless told otherwise. */
export const USUAL_MINUTE: Minute = 9 * 60;

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** What says on which days a digest is posted. */
export type DayRule = Pick<Digest, 'weekday' | 'monthday'> & { rhythm: DigestRhythm };

/**
 * When a digest is posted, from what was said: each Monday, unless told otherwise. A date makes it monthly.
 * @throws UserError where a date meets a weekday, or a week.
 */
export function dayRule(said: {
  every: 'week' | 'month' | undefined;
  day: (typeof weekdays)[number] | undefined;
  date: number | undefined;
}): DayRule {
  const { every, day, date } = said;
  if (date !== undefined && every === 'week')
    throw new UserError(
      'A week has no dates. Name a weekday with day:, or say every:month.',
      'date',
    );
  if (date !== undefined && day !== undefined)
    throw new UserError('On a date or on a weekday? Leave one of them out.', 'date');
  return {
    rhythm: every === 'month' || date !== undefined ? 'monthly' : 'weekly',
    weekday: weekdays.indexOf(day ?? 'monday') + 1,
    monthday: date ?? null,
  };
}

/** On which days a digest is posted, in words: `each week on Monday`, `each month on the first Monday`. */
export function postingText(rule: Pick<Digest, 'rhythm' | 'weekday' | 'monthday'>): string {
  const word = weekdays[rule.weekday - 1] ?? 'monday';
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  if (rhythmOf(rule) === 'weekly') return `each week on ${name}`;
  if (rule.monthday === null) return `each month on the first ${name}`;
  return rule.monthday > 28
    ? `each month on day ${rule.monthday}, or the last`
    : `each month on day ${rule.monthday}`;
}

/** The channel of a digest, as its platform names it. */
export function channelName({ channel }: ChannelRef): RichText {
  return [{ channel, name: channel }];
}
