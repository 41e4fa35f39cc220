import { addToDay, type Day, weekdayOf } from '../../dates/day.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Member } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** How many unasked messages a member gets in a week where nothing is set. */
const USUAL = 3;
/** What is stored where there is no cap. */
export const ANY_NUMBER = 0;

/** The most unasked messages somebody gets in a week; Infinity for workers and coordinators, whose work it is. */
export function capOf(
  { role }: Pick<Member, 'role'>,
  { weeklyCap }: Pick<Partnership, 'weeklyCap'>,
): number {
  if (role !== 'member' || weeklyCap === ANY_NUMBER) return Number.POSITIVE_INFINITY;
  return weeklyCap ?? USUAL;
}

/** The Monday of a day's week: a cap is for each week. */
export function mondayOf(day: Day): Day {
  return addToDay(day, { days: 1 - weekdayOf(day) });
}

/** How many messages of a week count against the cap: those sent since, but for briefs with a promise of the day. */
export function countUnasked(sent: readonly SentMessage[], since: Date): number {
  return sent.filter((row) => row.sentAt !== null && row.sentAt >= since && isUnasked(row)).length;
}

type SentMessage = Pick<Delivery, 'kind' | 'occurrence' | 'items' | 'sentAt'>;

function isUnasked({ kind, occurrence, items }: SentMessage): boolean {
  if (kind === 'notice') return true;
  return kind === 'brief' && !items.some((item) => isPromiseOf(item, occurrence));
}

/** An item of a brief is `followup:<id>:<day>`; a brief's occurrence is its day. */
function isPromiseOf(item: string, day: Day): boolean {
  return item.startsWith('followup:') && item.endsWith(`:${day}`);
}

/** A cap as people read it. */
export function capText(cap: number | null): string {
  if (cap === ANY_NUMBER) return 'any number of messages they did not ask for';
  const most = cap ?? USUAL;
  return `at most ${most} ${most === 1 ? 'message' : 'messages'} a week they did not ask for`;
}
