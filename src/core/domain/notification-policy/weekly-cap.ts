import type { Day } from '../../dates/day.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Member } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';

/** How many automatic messages a member gets in a week, if nothing else is set. */
const DEFAULT_WEEKLY_CAP = 3;
/** The stored value for "no cap". */
export const NO_CAP = 0;

/** How many automatic messages somebody gets in a week at most. Workers and coordinators have no limit (Infinity). */
export function weeklyCapOf(
  { role }: Pick<Member, 'role'>,
  { weeklyCap }: Pick<Partnership, 'weeklyCap'>,
): number {
  if (role !== 'member' || weeklyCap === NO_CAP) return Number.POSITIVE_INFINITY;
  return weeklyCap ?? DEFAULT_WEEKLY_CAP;
}

/**
 * How many sent messages count against the cap: notices that are not urgent, and briefs without a follow-up that is due
 * that day.
 */
export function countUnasked(sent: readonly SentMessage[], since: Date): number {
  return sent.filter((row) => row.sentAt !== null && row.sentAt >= since && isUnasked(row)).length;
}

type SentMessage = Pick<Delivery, 'kind' | 'occurrence' | 'items' | 'sentAt'> &
  Partial<Pick<Delivery, 'urgent'>>;

function isUnasked({ kind, occurrence, items, urgent }: SentMessage): boolean {
  if (kind === 'notice') return !urgent;
  return kind === 'brief' && !items.some((item) => isDueOn(item, occurrence));
}

/** Whether an item of a brief, `followup:<id>:<day>`, is due on the day of the brief. */
function isDueOn(item: string, day: Day): boolean {
  return item.startsWith('followup:') && item.endsWith(`:${day}`);
}

/** A cap in words. */
export function capText(cap: number | null): string {
  if (cap === NO_CAP) return 'any number of messages that they did not ask for';
  const limit = cap ?? DEFAULT_WEEKLY_CAP;
  return `at most ${limit} ${limit === 1 ? 'message' : 'messages'} a week that they did not ask for`;
}
