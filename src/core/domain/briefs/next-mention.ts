import { addToDay, type Day, dayOf, daysBetween, instantOf } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import {
  escalationDay,
  hasOtherCoordinator,
  isWaitingAfterChase,
} from '../followups/escalation.ts';
import type { Followup } from '../followups/followup.ts';
import { reminderAt } from '../followups/series.ts';
import { hearersOf, isByHand } from '../members/by-hand.ts';
import { identityToWriteTo, type Member, members, zoneOf } from '../members/member.ts';
import { isOnLeaveOrJustBack, JUST_BACK_DAYS, leaveEndOf } from '../members/rules.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import { heldUntil } from '../notification-policy/hold.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { type AwayPartner, partnerHolidayOn } from '../partnerships/holidays.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type BriefScope, briefScopeOf, fallsDue } from './gather.ts';
import { leadsHeardBy } from './quiet-readers.ts';
import { briefMinute, isBriefDay, scheduleBrief } from './schedule.ts';

/** How many days after a follow-up is due the brief that mentions it is looked for: more than the longest pause. */
const MAX_DAYS_AHEAD = 400;
/** How many days before its due day a brief can mention a follow-up: more than between two briefs. */
const MAX_DAYS_EARLY = 400;

/** One brief to come: when it is sent, and the local day of its reader at that time. */
export interface ComingBrief {
  day: Day;
  at: Date;
}

/** Why no message to come mentions a follow-up. */
export type NoMentionReason =
  | 'closed'
  | 'no owner'
  | 'owner has left'
  | 'owner cannot be reached'
  | 'private'
  | 'briefs are off'
  | 'no brief';

/**
 * The message that mentions an open follow-up next.
 * `reminder`: one of its own, at its clock time. `sending`: one that is being sent now.
 * `brief`: a brief of its owner. `again`: the last one that mentions it up to the day it is due, if that is another.
 * `inTime`: false if it is due before the day of that brief.
 * `none`: nothing, as far as anybody can tell today.
 */
export type NextMention =
  | { kind: 'reminder'; at: Date }
  | { kind: 'sending' }
  | { kind: 'brief'; brief: ComingBrief; again: ComingBrief | undefined; inTime: boolean }
  | { kind: 'none'; reason: NoMentionReason };

/** What the messages to come depend on, besides the rows. */
export interface MentionContext {
  partnership: Partnership;
  directory: Directory;
  now: Date;
  /** The partner of the follow-up as stored, if they promised it: nobody asks for it in its holidays. */
  partner?: AwayPartner | undefined;
}

/**
 * Which message mentions a follow-up next, by the rules that send it.
 * @param owner its owner as stored: the directory can hold an older row with another next brief.
 */
export function nextMention(
  row: Followup,
  owner: Member | undefined,
  context: MentionContext,
): NextMention {
  if (row.state !== 'open') return { kind: 'none', reason: 'closed' };
  if (!owner) return { kind: 'none', reason: 'no owner' };
  if (owner.active && isByHand(owner))
    return nextMention(row, hearersOf(owner, row, context.directory)[0], context);
  if (!owner.active) return { kind: 'none', reason: 'owner has left' };
  if (!identityToWriteTo(owner)) return { kind: 'none', reason: 'owner cannot be reached' };
  if (isPrivateFrom(owner, row, row.createdBy)) return { kind: 'none', reason: 'private' };
  // Quiet hours and pauses do not hold a reminder back: its owner has asked for that time.
  const at = reminderAt(row);
  const reminder = at !== null && at > context.now ? { kind: 'reminder' as const, at } : undefined;
  // One that repeats and is late can be in a brief before its next reminder.
  if (reminder && !row.remindAgainAt) return reminder;
  if (row.sending) return { kind: 'sending' };
  if (owner.rhythm === 'off') return reminder ?? { kind: 'none', reason: 'briefs are off' };
  const { dueDay } = row;
  if (dueDay === null) return { kind: 'none', reason: 'no brief' };

  let first: ComingBrief | undefined;
  let again: ComingBrief | undefined;
  const window = {
    from: addToDay(dueDay, { days: -MAX_DAYS_EARLY }),
    to: addToDay(dueDay, { days: MAX_DAYS_AHEAD }),
  };
  for (const brief of comingBriefs(owner, context, window)) {
    if (first && brief.day > dueDay) break;
    const scope = briefScopeOf(owner, context.partnership, brief.day);
    if (!isInBrief(row, owner, scope, brief.day, context)) continue;
    if (first) again = brief;
    else first = brief;
  }
  if (reminder && (!first || reminder.at < first.at)) return reminder;
  if (!first) return { kind: 'none', reason: 'no brief' };
  return { kind: 'brief', brief: first, again, inTime: first.day <= dueDay };
}

/** What a follow-up is mentioned by next, with the rows that this depends on. */
export interface FoundMention {
  mention: NextMention;
  /** Undefined: nobody owns it. */
  owner: Member | undefined;
  /** The partner of a promise of theirs. */
  partner: Partner | undefined;
}

/** Reads what {@link nextMention} needs from the store, and asks it. */
export async function findNextMention(
  row: Followup,
  { store, ...context }: Omit<MentionContext, 'partner'> & { store: Store },
): Promise<FoundMention> {
  const [owner, partner] = await Promise.all([
    row.who ? store.of(members).get(row.who) : undefined,
    row.partner && !row.ours ? store.of(partners).get(row.partner) : undefined,
  ]);
  return { owner, partner, mention: nextMention(row, owner, { ...context, partner }) };
}

/** Whether the brief of a day includes an open follow-up of its reader. */
function isInBrief(
  row: Followup,
  owner: Member,
  { until, whole, late }: BriefScope,
  today: Day,
  { partnership, directory, partner }: MentionContext,
): boolean {
  const { dueDay } = row;
  if (dueDay === null || dueDay > until || isWaitingAfterChase(row, today)) return false;
  const isAway = partner && partnerHolidayOn(today, partner, partnership) !== undefined;
  if (isAway && !row.ours && dueDay < today) return false;
  if (whole || fallsDue(row, today, { until })) return true;
  // A brief with dated things only has the late ones whose owner must be warned, which waits after a leave.
  return (
    late &&
    hasOtherCoordinator(row, directory) &&
    !isInDaysAfterLeave(owner, today, partnership) &&
    escalationDay(row, today, partnership) !== undefined
  );
}

/** Whether somebody is on leave, or back for a few days: nobody is warned in the first brief after it. */
function isInDaysAfterLeave(owner: Member, today: Day, partnership: Partnership): boolean {
  const end = leaveEndOf(owner);
  return (
    isOnLeaveOrJustBack(owner, today, partnership) ||
    (end !== null && daysBetween(end, today) <= JUST_BACK_DAYS)
  );
}

/** The brief that says next that a partner is quiet, and whose it is. */
export interface NextNudge {
  reader: Member;
  brief: ComingBrief;
}

/**
 * Who hears next in a brief that a partner is quiet.
 * @param everybody its lead and the coordinators, as stored.
 * @returns undefined if nobody does.
 */
export function nextNudge(
  partner: Partner,
  everybody: readonly Member[],
  context: MentionContext,
): NextNudge | undefined {
  const found = everybody.flatMap((reader): NextNudge[] => {
    const brief = nextNudgeTo(reader, partner, everybody, context);
    return brief ? [{ reader, brief }] : [];
  });
  return found.toSorted((a, b) => a.brief.at.getTime() - b.brief.at.getTime())[0];
}

function nextNudgeTo(
  reader: Member,
  partner: Partner,
  everybody: readonly Member[],
  context: MentionContext,
): ComingBrief | undefined {
  const { nudgeOn, archived, lead } = partner;
  if (nudgeOn === null || archived || !identityToWriteTo(reader)) return undefined;
  const find = (id: string) =>
    everybody.find((one) => one.id === id) ?? context.directory.member(id);
  const stored = { members: everybody, member: find };
  const window = { from: nudgeOn, to: addToDay(nudgeOn, { days: MAX_DAYS_AHEAD }) };
  for (const brief of comingBriefs(reader, context, window)) {
    const hears =
      brief.day >= nudgeOn &&
      !partnerHolidayOn(brief.day, partner, context.partnership) &&
      briefScopeOf(reader, context.partnership, brief.day).whole &&
      leadsHeardBy(reader, brief.day, stored).includes(lead);
    if (hears) return brief;
  }
  return undefined;
}

/**
 * The briefs that a member can get, in order: the scheduled one, then those of their days from `from` on. Each comes
 * only if there is something in it.
 * @param window the days to look at; at least the year after the next brief is.
 */
function* comingBriefs(
  owner: Member,
  { partnership, now }: MentionContext,
  { from, to }: { from: Day; to: Day },
): Iterable<ComingBrief> {
  if (!owner.active) return;
  const { briefDay, briefDue, pausedUntil } = owner.briefDay
    ? owner
    : scheduleBrief(owner, partnership, now);
  if (briefDay === null || briefDue === null) return;
  const zone = zoneOf(owner, partnership);
  const minute = briefMinute(owner, partnership);
  const sentAt = (due: Date): ComingBrief => {
    const at = heldUntil(owner, partnership, due > now ? due : now);
    return { day: dayOf(at, zone), at };
  };
  const next = sentAt(briefDue);
  // One that is being sent has its items already.
  if (!owner.sending) yield next;
  let last = next.day > briefDay ? next.day : briefDay;
  const latest = [to, addToDay(last, { days: MAX_DAYS_AHEAD })].toSorted().at(-1) ?? to;
  let day = [from, pausedUntil ?? from, addToDay(last, { days: 1 })].toSorted().at(-1) ?? from;
  for (; day <= latest; day = addToDay(day, { days: 1 })) {
    if (day <= last || !isBriefDay(day, owner, partnership)) continue;
    const brief = sentAt(instantOf(day, minute, zone));
    yield brief;
    last = brief.day;
  }
}
