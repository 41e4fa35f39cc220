import { addToDay, type Day, weekdayOf } from '../../dates/day.ts';
import type { Store } from '../../store.ts';
import { type Followup, followups } from '../followups/store.ts';
import type { Member } from '../members/store.ts';
import { type Partner, partners } from '../partners/store.ts';
import type { Partnership } from '../settings/store.ts';
import { briefDaysOf } from './schedule.ts';

/** The most a brief looks at of each sort. */
const MOST = 100;

/** All that is one member's on a day. */
export interface Items {
  late: Followup[];
  /** Due until the next brief. */
  due: Followup[];
  /** Requests to take something, not answered yet. */
  asked: Followup[];
  quiet: Partner[];
}

/** Which parts of Items a brief tells, and up to which day it looks. */
export interface Scope {
  /** The last day whose promises count as due. */
  until: Day;
  late: boolean;
  quiet: boolean;
}

/**
 * What the brief of a day tells: a daily one all that is theirs until the next; a weekly one that too, on its
 * first day of the week, and on others only what falls due; `dated` only ever what falls due.
 */
export function scopeOf(member: Member, partnership: Partnership, today: Day): Scope {
  const days = briefDaysOf(member, partnership);
  const rhythm = member.rhythm === 'daily' && member.role === 'member' ? 'weekly' : member.rhythm;
  const weekly = rhythm === 'weekly' && weekdayOf(today) === Math.min(...days);
  const whole = rhythm === 'daily' || weekly;
  const until = weekly ? addToDay(today, { days: 6 }) : dayBeforeNext(days, today);
  return { until, late: whole, quiet: whole };
}

/** The last day before the next brief day: on a Friday, Sunday. */
function dayBeforeNext(days: readonly number[], today: Day): Day {
  for (let ahead = 1; ahead < 7; ahead++) {
    if (days.includes(weekdayOf(addToDay(today, { days: ahead }))))
      return addToDay(today, { days: ahead - 1 });
  }
  return addToDay(today, { days: 6 });
}

/** Reads what is a member's: promises until a day, requests, and partners they lead that have gone quiet. */
export async function gather(
  member: Member,
  today: Day,
  scope: Scope,
  store: Store,
): Promise<Items> {
  const rows = store.of(followups);
  const range = {
    field: 'byDay' as const,
    ...(scope.late ? {} : { from: today }),
    to: scope.until,
  };
  const mine = await rows.find({
    index: 'byWho',
    where: { state: 'open', who: member.id },
    range,
    limit: MOST,
  });
  const asked = await rows.find({
    index: 'byAsked',
    where: { state: 'open', asked: member.id },
    limit: MOST,
  });
  const quiet = scope.quiet ? await quietPartners(member, today, store) : [];
  return {
    late: mine.filter((row) => row.byDay !== null && row.byDay < today),
    due: mine.filter((row) => row.byDay !== null && row.byDay >= today),
    asked,
    quiet,
  };
}

/** Quiet partners whose nudge is due: those the member leads; for a coordinator also those nobody leads. */
async function quietPartners(member: Member, today: Day, store: Store): Promise<Partner[]> {
  const leads = member.role === 'coordinator' ? [member.id, null] : [member.id];
  const found = await Promise.all(
    leads.map((lead) =>
      store.of(partners).find({
        index: 'byNudge',
        where: { archived: false, lead },
        range: { field: 'nudgeOn', to: today },
        limit: MOST,
      }),
    ),
  );
  return found.flat();
}

/** How many things there are in all. */
export function countOf(items: Items): number {
  return items.late.length + items.due.length + items.asked.length + items.quiet.length;
}

/** What names each item, for the ledger, in the order of the brief: a brief is one delivery that lists them. */
export function occurrencesOf(items: Items): string[] {
  return [
    ...items.late.map((row) => `followup:${row.id}:${row.byDay}`),
    ...items.asked.map((row) => `ask:${row.id}`),
    ...items.due.map((row) => `followup:${row.id}:${row.byDay}`),
    ...items.quiet.map((row) => `quiet:${row.id}:${row.nudgeOn}`),
  ];
}
