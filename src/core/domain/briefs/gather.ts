import { addToDay, type Day } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import { raisedName } from '../followups/escalation.ts';
import { type Followup, followups } from '../followups/followup.ts';
import type { Member } from '../members/member.ts';
import { effectiveRhythm } from '../members/rules.ts';
import { type Partner, partners } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { isBriefDay, isFirstOfWeek } from './schedule.ts';

/** The most a brief looks at of each sort. */
const MOST = 100;
/** Nobody's next brief day is further off (days): a weekly one may meet bank holidays two or three times in a row. */
const FAR_DAYS = 28;

/** All that is one member's on a day. */
export interface Items {
  late: Followup[];
  /** Due until the next brief. */
  due: Followup[];
  /** Requests to take something, not answered yet. */
  asked: Followup[];
  quiet: Partner[];
  /** What a coordinator hears of: late for long, or with nobody. */
  raised: Followup[];
}

/** Which parts of Items a brief tells, and up to which day it looks. */
export interface Scope {
  /** The last day whose promises count as due. */
  until: Day;
  late: boolean;
  /** Late and quiet ones too: all that is theirs. Without it of the late ones only what its owner has to be told. */
  whole: boolean;
}

/**
 * What the brief of a day tells: a daily one all that is theirs until the next; a weekly one that too, on its
 * first day of the week, and on others only what falls due; `dated` only ever what falls due.
 */
export function scopeOf(member: Member, partnership: Partnership, today: Day): Scope {
  const rhythm = effectiveRhythm(member);
  const first = isFirstOfWeek(today, member, partnership);
  const weekly = rhythm === 'weekly' && first;
  const whole = rhythm === 'daily' || weekly;
  const until = dayBefore(today, (day) =>
    weekly ? isFirstOfWeek(day, member, partnership) : isBriefDay(day, member, partnership),
  );
  return { until, late: whole || rhythm === 'dated', whole };
}

/** The last day before the next that fits: on a Friday, Sunday; before a bank holiday, that too. */
function dayBefore(today: Day, fits: (day: Day) => boolean): Day {
  for (let ahead = 1; ahead <= FAR_DAYS; ahead++) {
    if (fits(addToDay(today, { days: ahead }))) return addToDay(today, { days: ahead - 1 });
  }
  return addToDay(today, { days: 6 });
}

/**
 * Reads what is a member's: promises until a day, requests, and partners they lead that have gone quiet. What
 * a coordinator hears of is read apart (see `escalation/gather.ts`).
 */
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
  const wholeOrNews = scope.whole || hearsNews(member);
  const gone = wholeOrNews ? await quietPartners(member, today, store) : [];
  // What has not been told before comes first: a brief shows three things.
  const [news, told] = [gone.filter(isNews), gone.filter((partner) => !isNews(partner))];
  const quiet = scope.whole ? [...news, ...told] : news;
  return {
    late: mine.filter((row) => row.byDay !== null && row.byDay < today),
    due: mine.filter((row) => row.byDay !== null && row.byDay >= today),
    asked,
    quiet,
    raised: [],
  };
}

/** Whether no brief has told yet that a relationship has gone quiet. */
export function isNews({ nudgeOn, quietOn }: Partner): boolean {
  return nudgeOn === quietOn;
}

/** Whose briefs the bot has made rarer by itself still hears on the day that a relationship has gone quiet. */
export function hearsNews({ role, steppedBackAt }: Member): boolean {
  return role !== 'member' && steppedBackAt !== null;
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
  const { late, due, asked, quiet, raised } = items;
  return late.length + due.length + asked.length + quiet.length + raised.length;
}

/** What names each item, for the ledger, in the order of the brief: a brief is one delivery that lists them. */
export function occurrencesOf(items: Items): string[] {
  return [
    ...items.late.map((row) => `followup:${row.id}:${row.byDay}`),
    ...items.asked.map((row) => `ask:${row.id}`),
    ...items.due.map((row) => `followup:${row.id}:${row.byDay}`),
    ...items.quiet.map((row) => `quiet:${row.id}:${row.nudgeOn}`),
    ...items.raised.map(raisedName),
  ];
}
