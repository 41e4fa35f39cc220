import { collect } from '../../async/collect.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { getAll, type Store } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { isWaitingAfterChase } from '../followups/escalation.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { comingDay } from '../followups/series.ts';
import { partnersToMeet } from '../meetings/read-meetings.ts';
import { hearersOf, isByHand } from '../members/by-hand.ts';
import type { Member } from '../members/member.ts';
import { effectiveRhythm } from '../members/rules.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { quietQuery } from '../partners/quiet-partners.ts';
import { partnerHolidayOn } from '../partnerships/holidays.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { leadsHeardBy } from './quiet-readers.ts';
import { isBriefDay, isFirstOfWeek } from './schedule.ts';

/** No brief day is further away than this: briefs do not come in a holiday of the partnership. */
const MAX_DAYS_BETWEEN_BRIEFS = 400;

/** Everything that is waiting for one member on a day. */
export interface BriefItems {
  /** Promises of ours that are late. */
  late: Followup[];
  /** Promises of theirs that are late, which the member can ask for. */
  chase: readonly Followup[];
  /** Due before the next brief. */
  due: Followup[];
  /** Requests to take on a follow-up that the member has not answered yet. */
  asked: Followup[];
  /** Quiet partners, those that no brief has mentioned first. */
  quiet: Partner[];
  /** How many more quiet partners there are. */
  moreQuiet: number;
  /** For coordinators: follow-ups that are long overdue or that nobody owns. */
  escalated: readonly Followup[];
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
  /** Also what a brief leaves out for some days: quiet partners that one mentioned, promises that we have asked for. */
  mentioned?: true;
}

/** How many quiet partners are read for one brief. */
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

/** The day before the next day that fits. On a Friday that is Sunday, or Monday if Monday is a holiday. */
function dayBeforeNext(today: Day, fits: (day: Day) => boolean): Day {
  for (let ahead = 1; ahead <= MAX_DAYS_BETWEEN_BRIEFS; ahead++) {
    if (fits(addToDay(today, { days: ahead }))) return addToDay(today, { days: ahead - 1 });
  }
  return addToDay(today, { days: 6 });
}

/**
 * Reads a member's items: follow-ups due up to `scope.until`, open requests, and the quiet partners that they hear of.
 * `escalated` stays empty here: `gatherEscalated` of the briefs feature reads it.
 */
export async function gatherBriefItems(
  member: Member,
  today: Day,
  scope: BriefScope,
  deps: { store: Store; directory: Directory; partnership: Partnership },
): Promise<BriefItems> {
  const { store, directory } = deps;
  const rows = store.of(followups);
  const range = { field: 'dueDay' as const, to: scope.until };
  const open = { state: 'open' } as const;
  const [own, asked, passedOn] = await Promise.all([
    collect(rows.all({ index: 'byWho', where: { ...open, who: member.id }, range })),
    collect(rows.all({ index: 'byAsked', where: { ...open, asked: member.id } })),
    gatherToPassOn(member, scope, deps),
  ]);
  // A coordinator who was a reader of a private one, and no longer coordinates, is told nothing of it.
  const readable = (row: Followup) => !isPrivateFrom(member, row, row.createdBy);
  const mine = [...own.filter(readable), ...passedOn.owned];
  const late = mine.filter((row) => row.dueDay !== null && row.dueDay < today);
  const theirs = late.filter((row) => !row.ours);
  const leads = scope.whole ? leadsHeardBy(member, today, directory) : [];
  return {
    late: late.filter((row) => row.ours),
    chase: scope.mentioned ? theirs : await withoutWaiting(theirs, today, deps),
    due: mine.filter((row) => row.dueDay !== null && row.dueDay >= today),
    asked: [...asked.filter(readable), ...passedOn.asked],
    ...(await quietPartners(leads, today, scope, deps)),
    escalated: [],
  };
}

/** Reads what a member passes on to those without Slack or Discord with whom they keep in touch. */
async function gatherToPassOn(
  member: Member,
  { until }: BriefScope,
  { store, directory }: { store: Store; directory: Directory },
): Promise<{ owned: Followup[]; asked: Followup[] }> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  const found: { owned: Followup[]; asked: Followup[] } = { owned: [], asked: [] };
  for (const other of directory.members.filter((one) => one.active && isByHand(one))) {
    if (other.keeper !== member.id && member.role !== 'coordinator') continue;
    const isHeard = (row: Followup) =>
      hearersOf(other, row, directory).some(({ id }) => id === member.id);
    const range = { field: 'dueDay' as const, to: until };
    const [owned, asked] = await Promise.all([
      collect(rows.all({ index: 'byWho', where: { ...open, who: other.id }, range })),
      collect(rows.all({ index: 'byAsked', where: { ...open, asked: other.id } })),
    ]);
    found.owned.push(...owned.filter(isHeard));
    found.asked.push(...asked.filter(isHeard));
  }
  return found;
}

/** Whether a follow-up falls due before the next brief, for the first time or because it repeats. */
export function fallsDue(
  row: Pick<Followup, 'dueDay' | 'series'>,
  today: Day,
  { until }: Pick<BriefScope, 'until'>,
): boolean {
  const coming = comingDay(row, today);
  return coming !== undefined && coming <= until;
}

/** The late promises of theirs to ask for now: not those we asked for lately. */
async function withoutWaiting(
  theirs: readonly Followup[],
  today: Day,
  deps: { store: Store; partnership: Partnership },
): Promise<readonly Followup[]> {
  const found = theirs.filter((row) => !isWaitingAfterChase(row, today));
  return withoutAwayPartners(found, today, deps);
}

/** Without promises of partners that are on holiday: nobody asks for them then. Promises of ours stay. */
export async function withoutAwayPartners(
  found: readonly Followup[],
  today: Day,
  { store, partnership }: { store: Store; partnership: Partnership },
): Promise<readonly Followup[]> {
  if (found.length === 0 || !partnership.partnerHolidays?.length) return found;
  const ids = found.flatMap(({ ours, partner }) => (ours ? [] : (partner ?? [])));
  const away = (await getAll(store.of(partners), [...new Set(ids)])).filter((partner) =>
    partnerHolidayOn(today, partner, partnership),
  );
  return found.filter((row) => row.ours || away.every(({ id }) => id !== row.partner));
}

/** Whether no brief has mentioned the partner since it went quiet, or since somebody put the nudge off to that day. */
export function isQuietNews({ nudgeOn, quietOn, putOffUntil = null }: Partner): boolean {
  return nudgeOn === quietOn || (nudgeOn !== null && nudgeOn === putOffUntil);
}

type QuietItems = Pick<BriefItems, 'quiet' | 'moreQuiet'>;

/**
 * The quiet partners of some leads. For a brief, those whose nudge is due (not those that are on holiday, or that
 * somebody is about to meet). Those that have just gone quiet come first.
 * @param leads ids, and null for the partners that nobody leads
 */
async function quietPartners(
  leads: readonly (string | null)[],
  today: Day,
  { maxQuiet, mentioned }: BriefScope,
  deps: { store: Store; directory: Directory; partnership: Partnership },
): Promise<QuietItems> {
  const { store, partnership } = deps;
  const rows = store.of(partners);
  const toMeet =
    mentioned || leads.length === 0 ? new Set<string>() : await partnersToMeet(today, deps);
  // A query sorts by lead first: what is the member's own comes before what they hear of for others.
  const [own, ...others] = leads;
  const groups =
    leads.length === 0 ? [] : [[own ?? null], others].filter(({ length }) => length > 0);
  const found = await Promise.all(
    groups.map(async (lead) => {
      const where = { archived: false, lead };
      const quiet = quietQuery(today, { lead });
      const nudged = { index: 'byNudge', where, range: { field: 'nudgeOn', to: today } } as const;
      if (mentioned) {
        const [longest, count] = await Promise.all([rows.find(quiet, maxQuiet), rows.count(quiet)]);
        return { news: [], rest: longest.rows, count };
      }
      const [latest, longest, count] = await Promise.all([
        rows.find({ ...quiet, descending: true }, maxQuiet),
        rows.find(nudged, maxQuiet),
        rows.count(nudged),
      ]);
      const isAway = (row: Partner) =>
        toMeet.has(row.id) || partnerHolidayOn(today, row, partnership) !== undefined;
      const due = longest.rows.filter((row) => !isAway(row));
      const news = latest.rows.filter(
        (row) => isQuietNews(row) && isNudgeDue(row, today) && !isAway(row),
      );
      const rest = due.filter((row) => news.every(({ id }) => id !== row.id));
      return { news, rest, count: count - (longest.rows.length - due.length) };
    }),
  );
  const all = [...found.flatMap(({ news }) => news), ...found.flatMap(({ rest }) => rest)];
  const quiet = all.slice(0, maxQuiet);
  const count = found.reduce((sum, one) => sum + one.count, 0);
  return { quiet, moreQuiet: Math.max(0, count - quiet.length) };
}

const isNudgeDue = ({ nudgeOn }: Partner, today: Day): boolean =>
  nudgeOn !== null && nudgeOn <= today;

/** How many items there are in all. */
export function countItems(items: BriefItems): number {
  const { late, chase, due, asked, escalated } = items;
  const followups = [late, chase, due, asked, escalated].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  return followups + countQuiet(items);
}

/** How many quiet partners there are in all. */
export const countQuiet = ({ quiet, moreQuiet }: QuietItems): number => quiet.length + moreQuiet;
