import { collect } from '../../async/collect.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import { escalationItem } from '../followups/escalation.ts';
import { type Followup, followups } from '../followups/followup.ts';
import type { Member } from '../members/member.ts';
import { effectiveRhythm } from '../members/rules.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import { type Partner, partners } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { isBriefDay, isFirstOfWeek } from './schedule.ts';

/** No brief day is further away than this: a weekly brief can hit bank holidays two or three times in a row. */
const MAX_DAYS_BETWEEN_BRIEFS = 28;

/** Everything that is waiting for one member on a day. */
export interface BriefItems {
  late: Followup[];
  /** Due before the next brief. */
  due: Followup[];
  /** Requests to take on a follow-up that the member has not answered yet. */
  asked: Followup[];
  /** Quiet partners, those that no brief has mentioned first. */
  quiet: Partner[];
  /** How many more quiet partners there are, which later briefs mention. */
  moreQuiet: number;
  /** For coordinators: follow-ups that are long overdue or that nobody owns. */
  escalated: Followup[];
}

/** Which items a brief includes, and how far ahead it looks. */
export interface BriefScope {
  /** Follow-ups due up to this day count as due. */
  until: Day;
  late: boolean;
  /** Everything, with quiet partners. If false, only those late follow-ups are included whose owner must be warned. */
  whole: boolean;
  /** The most quiet partners to read. */
  maxQuiet: number;
}

/** How many quiet partners one brief mentions. */
const MAX_QUIET_PER_BRIEF = 100;

/**
 * What the brief of a day includes. A daily brief: everything until the next one. A weekly brief: everything on the
 * first brief day of the week, and on other days only what falls due. A `dated` brief: only what falls due.
 */
export function briefScopeOf(member: Member, partnership: Partnership, today: Day): BriefScope {
  const rhythm = effectiveRhythm(member);
  const first = isFirstOfWeek(today, member, partnership);
  const weekly = rhythm === 'weekly' && first;
  const whole = rhythm === 'daily' || weekly;
  const until = dayBeforeNext(today, (day) =>
    weekly ? isFirstOfWeek(day, member, partnership) : isBriefDay(day, member, partnership),
  );
  return { until, late: whole || rhythm === 'dated', whole, maxQuiet: MAX_QUIET_PER_BRIEF };
}

/** The day before the next day that fits. On a Friday that is Sunday, or Monday if Monday is a bank holiday. */
function dayBeforeNext(today: Day, fits: (day: Day) => boolean): Day {
  for (let ahead = 1; ahead <= MAX_DAYS_BETWEEN_BRIEFS; ahead++) {
    if (fits(addToDay(today, { days: ahead }))) return addToDay(today, { days: ahead - 1 });
  }
  return addToDay(today, { days: 6 });
}

/**
 * Reads a member's items: follow-ups due up to `scope.until`, open requests, and quiet partners they lead.
 * `escalated` stays empty here: `gatherEscalated` of the briefs feature reads it.
 */
export async function gatherBriefItems(
  member: Member,
  today: Day,
  scope: BriefScope,
  store: Store,
): Promise<BriefItems> {
  const rows = store.of(followups);
  const range = {
    field: 'dueDay' as const,
    ...(scope.late ? {} : { from: today }),
    to: scope.until,
  };
  const open = { state: 'open' } as const;
  const [owned, requests] = await Promise.all([
    collect(rows.all({ index: 'byWho', where: { ...open, who: member.id }, range })),
    collect(rows.all({ index: 'byAsked', where: { ...open, asked: member.id } })),
  ]);
  // A coordinator who was a reader of a private one, and no longer coordinates, is told nothing of it.
  const readable = (row: Followup) => !isPrivateFrom(member, row, row.createdBy);
  const [mine, asked] = [owned.filter(readable), requests.filter(readable)];
  const readsQuiet = scope.whole || getsNewlyQuiet(member);
  const quiet = readsQuiet ? await quietPartners(member, today, scope, store) : noneQuiet;
  return {
    late: mine.filter((row) => row.dueDay !== null && row.dueDay < today),
    due: mine.filter((row) => row.dueDay !== null && row.dueDay >= today),
    asked,
    ...quiet,
    escalated: [],
  };
}

/** Whether no brief has mentioned yet that the partner has gone quiet. */
export function isNewlyQuiet({ nudgeOn, quietOn }: Partner): boolean {
  return nudgeOn === quietOn;
}

/** Workers and coordinators whose briefs the bot made rarer by itself still hear at once when a partner goes quiet. */
export function getsNewlyQuiet({ role, steppedBackAt }: Member): boolean {
  return role !== 'member' && steppedBackAt !== null;
}

type QuietItems = Pick<BriefItems, 'quiet' | 'moreQuiet'>;

const noneQuiet: QuietItems = { quiet: [], moreQuiet: 0 };

/**
 * Quiet partners whose nudge is due: those that the member leads and, for a coordinator, those that nobody leads. Those
 * that have just gone quiet come first, since a brief shows three things.
 */
async function quietPartners(
  member: Member,
  today: Day,
  { whole, maxQuiet }: Pick<BriefScope, 'whole' | 'maxQuiet'>,
  store: Store,
): Promise<QuietItems> {
  const rows = store.of(partners);
  const leads = member.role === 'coordinator' ? [member.id, null] : [member.id];
  const found = await Promise.all(
    leads.map(async (lead) => {
      const where = { archived: false, lead };
      const quiet = { index: 'byLead', where, range: { field: 'quietOn', to: today } } as const;
      const nudged = { index: 'byNudge', where, range: { field: 'nudgeOn', to: today } } as const;
      const [latest, longest, count] = await Promise.all([
        rows.find({ ...quiet, descending: true }, maxQuiet),
        whole ? rows.find(nudged, maxQuiet) : { rows: [] },
        whole ? rows.count(nudged) : 0,
      ]);
      const newly = latest.rows.filter((row) => isNewlyQuiet(row) && isNudgeDue(row, today));
      const toldBefore = longest.rows.filter((row) => newly.every(({ id }) => id !== row.id));
      return { newly, toldBefore, count };
    }),
  );
  const all = [...found.flatMap(({ newly }) => newly), ...found.flatMap((one) => one.toldBefore)];
  const quiet = all.slice(0, maxQuiet);
  const count = found.reduce((sum, one) => sum + one.count, 0);
  return { quiet, moreQuiet: Math.max(0, count - quiet.length) };
}

const isNudgeDue = ({ nudgeOn }: Partner, today: Day): boolean =>
  nudgeOn !== null && nudgeOn <= today;

/** How many items there are in all. */
export function countItems(items: BriefItems): number {
  const { late, due, asked, escalated } = items;
  return late.length + due.length + asked.length + countQuiet(items) + escalated.length;
}

/** How many quiet partners there are in all. */
export const countQuiet = ({ quiet, moreQuiet }: QuietItems): number => quiet.length + moreQuiet;

/** The name of each item for the ledger, in the order of the brief. A brief is one delivery that lists its items. */
export function itemNames(items: BriefItems): string[] {
  return [
    ...items.late.map((row) => `followup:${row.id}:${row.dueDay}`),
    ...items.asked.map((row) => `ask:${row.id}`),
    ...items.due.map((row) => `followup:${row.id}:${row.dueDay}`),
    ...items.quiet.map((row) => `quiet:${row.id}:${row.nudgeOn}`),
    ...items.escalated.map(escalationItem),
  ];
}
