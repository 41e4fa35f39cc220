import type { Day } from '../../dates/day.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** Where a page ended: partners that went quiet on the same day follow each other by id. */
export interface Place {
  quietOn: Day;
  id: string;
}

/** A place as the More button carries it. */
export const placeText = ({ quietOn, id }: Place): string => `${quietOn}#${id}`;

/** @returns the place in a button's words, or undefined if there is none. */
export function placeIn(text: string | undefined): Place | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})#(.+)$/.exec(text ?? '');
  return match ? { quietOn: match[1] as Day, id: match[2] as string } : undefined;
}

/** Sorts partners as the quiet list has them: the longest first. */
export function byQuiet(a: Partner, b: Partner): number {
  const [first, second] = [a, b].map(({ quietOn, id }) => `${quietOn}#${id}`);
  return (first as string) < (second as string) ? -1 : 1;
}

/**
 * The partner with its next nudge put off. The fact stays: it counts as quiet all the same.
 * @throws UserError when nobody would be nudged before that day anyway.
 */
export function putOff(partner: Partner, until: Day, today: Day): Partner {
  const { name, quietOn } = partner;
  if (quietOn === null)
    throw new UserError(
      rich`I don't expect contact with ${bold(name)}, so there is nothing to put off.`,
    );
  if (until <= today)
    throw new UserError(rich`${day(until)} is not ahead. When shall I ask again?`, 'by');
  if (until < quietOn)
    throw new UserError(
      rich`${bold(name)} goes quiet on ${day(quietOn)} at the earliest: I'd not ask before then.`,
      'by',
    );
  return { ...partner, nudgeOn: until };
}
