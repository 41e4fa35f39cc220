import { dayOf, instantOf, mondayOf } from '../../dates/day.ts';
import { briefScopeOf } from '../briefs/gather.ts';
import { nextMention } from '../briefs/next-mention.ts';
import { nextWeeklyBrief } from '../briefs/schedule.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Directory } from '../directory/directory.ts';
import type { Followup } from '../followups/followup.ts';
import { type Member, zoneOf } from '../members/member.ts';
import { effectiveRhythm } from '../members/rules.ts';
import { heldUntil, isHeld } from '../notification-policy/hold.ts';
import { countUnasked, weeklyCapOf } from '../notification-policy/weekly-cap.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type Assigned, isAssignment } from './assigned.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A notice over the weekly cap is sent this long after the next weekly brief, unless that brief mentioned it (ms). */
const WAIT_AFTER_WEEKLY_BRIEF_MS = HOUR_MS;
/** A brief due within this time says what a member was given, if it names it anyway (ms). */
const BRIEF_AHEAD_MS = HOUR_MS;
/** If that brief was not sent or did not name it, the notice goes this long after it was due (ms). */
const WAIT_AFTER_BRIEF_MS = 5 * MINUTE_MS;
/** A member hears of what they were given at most once in this time (ms). */
const ASSIGNMENT_INTERVAL_MS = HOUR_MS;
/** When to look again while an earlier assignment is being sent: it may include this one (ms). */
const RECHECK_MS = 10_000;
/** How often a notice can be held before it is sent: leave, quiet hours, the cap, other notices. */
const MAX_HOLDS = 50;

/** What holds a notice back. `other notice`: the member has just heard of something else they were given, or is about to. */
type HoldReason = 'leave' | 'quiet hours' | 'weekly cap' | 'brief' | 'other notice';

/** A notice that is held back. */
interface NoticeHold {
  reason: HoldReason;
  /** When to look again. */
  until: Date;
  /** When another message to the member will say it, if nothing else happens. */
  saidAt?: Date;
}

/** A notice to one member. */
export interface WaitingNotice {
  /** Its ledger row; undefined if it is not queued yet. */
  row?: Delivery;
  /** What it gives to the member, or asks them to take on; undefined for other notices. */
  assigned?: Assigned;
  /** Whether they are asked, and not given it. */
  isRequest: boolean;
}

/** What decides when a member gets a notice. */
export interface RecipientContext {
  /** The member as stored: the directory can hold an older row with another next brief. */
  member: Member;
  partnership: Partnership;
  directory: Directory;
  /** Their latest ledger rows. */
  ledger: readonly Delivery[];
  now: Date;
}

/** What holds a notice back at an instant, by the notification policy; undefined: it can be sent. */
export function noticeHold(
  notice: WaitingNotice,
  context: RecipientContext,
): NoticeHold | undefined {
  const { member, partnership, ledger, now } = context;
  const until = heldUntil(member, partnership, now);
  if (until > now) return { until, reason: isAway(context) ? 'leave' : 'quiet hours' };
  const others = ledger.filter((row) => row.id !== notice.row?.id && row.kind === 'notice');
  // Several notices that are due together are handled at the same time: each counts the earlier ones as sent.
  const ahead = others.filter((other) => goesBefore(other, notice, now));
  return (
    weeklyCapHold(notice, ahead, context) ??
    (notice.assigned && (briefHold(notice, context) ?? otherNoticeHold(others, ahead, now)))
  );
}

/** When a member hears of a notice. */
export interface NoticeTime {
  at: Date;
  /** What holds it back until then; null: nothing. */
  reason: HoldReason | null;
  /** Whether the reminder of the follow-up comes first, at its own time. */
  isReminder: boolean;
}

/** What the giver is told, if several things hold a notice back one after the other: the first in this list. */
const reasons: readonly HoldReason[] = [
  'weekly cap',
  'leave',
  'quiet hours',
  'brief',
  'other notice',
];

/** When a member hears of a new notice, by the rules that send it, if nothing else happens until then. */
export function nextNoticeAt(notice: WaitingNotice, context: RecipientContext): NoticeTime {
  const met = new Set<HoldReason>();
  let at = context.now;
  let said: Date | undefined;
  for (let count = 0; count < MAX_HOLDS && !said; count++) {
    const hold = noticeHold(notice, { ...context, now: at });
    if (!hold) break;
    met.add(hold.reason);
    said = hold.saidAt;
    at = hold.until;
  }
  const reason = reasons.find((one) => met.has(one)) ?? null;
  const mention = reason ? ownMention(notice, context) : undefined;
  const heard = said ?? at;
  return mention && mention.at < heard
    ? { ...mention, reason }
    : { at: heard, reason, isReminder: false };
}

/** When the reminder of the follow-up, or a brief, tells its new owner of it in any case. */
function ownMention(
  { assigned, isRequest }: WaitingNotice,
  context: RecipientContext,
): Pick<NoticeTime, 'at' | 'isReminder'> | undefined {
  const [row, ...others] = assigned?.followups ?? [];
  if (!row || isRequest || others.length > 0 || assigned?.partners.length) return undefined;
  const mention = nextMention(row, context.member, context);
  if (mention.kind === 'reminder') return { at: mention.at, isReminder: true };
  return mention.kind === 'brief' ? { at: mention.brief.at, isReminder: false } : undefined;
}

function isAway({ member, partnership, now }: RecipientContext): boolean {
  const { pausedUntil } = member;
  return pausedUntil !== null && instantOf(pausedUntil, 0, zoneOf(member, partnership)) > now;
}

/** Whether another notice to the same member is due, or being sent, before this one. */
function goesBefore(other: Delivery, { row }: WaitingNotice, now: Date): boolean {
  if (other.urgent || !other.nextRunAt || isHeld(other.nextRunAt, now)) return false;
  return row === undefined || orderOf(other) < orderOf(row);
}

const orderOf = ({ createdAt, id }: Delivery): string => `${createdAt.toISOString()}${id}`;

function weeklyCapHold(
  { assigned }: WaitingNotice,
  ahead: readonly Delivery[],
  { member, partnership, ledger, now }: RecipientContext,
): NoticeHold | undefined {
  const cap = weeklyCapOf(member, partnership);
  if (!Number.isFinite(cap)) return undefined;
  const zone = zoneOf(member, partnership);
  const monday = instantOf(mondayOf(dayOf(now, zone)), 0, zone);
  const sent = ledger.filter(({ state }) => state === 'sent');
  // Assignments that are due together become one message.
  const assignments = ahead.filter(isAssignment).length;
  const count = ahead.length - assignments + (assignments > 0 && !assigned ? 1 : 0);
  if (countUnasked(sent, monday) + count < cap) return undefined;
  const brief = nextWeeklyBrief(member, partnership, now);
  const until = new Date(brief.getTime() + WAIT_AFTER_WEEKLY_BRIEF_MS);
  // Only a weekly brief that names everything names what was held back.
  const isWeekly = ['daily', 'weekly'].includes(effectiveRhythm(member));
  return { reason: 'weekly cap', until, ...(isWeekly && { saidAt: brief }) };
}

/** One message says all that a member was given within an hour. */
function otherNoticeHold(
  others: readonly Delivery[],
  ahead: readonly Delivery[],
  now: Date,
): NoticeHold | undefined {
  const assignments = others.filter(isAssignment);
  const lastSent = Math.max(
    0,
    ...assignments.map(({ state, sentAt }) => (state === 'sent' ? (sentAt?.getTime() ?? 0) : 0)),
  );
  const until = new Date(lastSent + ASSIGNMENT_INTERVAL_MS);
  if (lastSent <= now.getTime() && until > now) return { reason: 'other notice', until };
  const isSending = assignments.some(
    ({ state, nextRunAt }) => nextRunAt !== null && (state === 'sending' || state === 'unknown'),
  );
  if (!isSending && !ahead.some(isAssignment)) return undefined;
  return {
    reason: 'other notice',
    until: new Date(now.getTime() + RECHECK_MS),
    // The one that goes first includes this one.
    ...(!isSending && { saidAt: now }),
  };
}

/** A brief that comes within the hour and names everything makes the notice needless. */
function briefHold(
  { assigned, isRequest }: WaitingNotice,
  { member, partnership, now }: RecipientContext,
): NoticeHold | undefined {
  const { briefDay, briefDue, rhythm, sending } = member;
  if (!assigned || assigned.partners.length > 0 || briefDay === null || briefDue === null)
    return undefined;
  if (rhythm === 'off' || sending !== null) return undefined;
  const until = new Date(briefDue.getTime() + WAIT_AFTER_BRIEF_MS);
  if (until <= now || briefDue.getTime() > now.getTime() + BRIEF_AHEAD_MS) return undefined;
  const scope = briefScopeOf(member, partnership, briefDay);
  const isNamed = ({ dueDay }: Pick<Followup, 'dueDay'>) =>
    dueDay !== null && dueDay <= scope.until && (scope.whole || dueDay >= briefDay);
  // A whole brief names all requests that wait for an answer.
  const isAllNamed = (isRequest && scope.whole) || assigned.followups.every(isNamed);
  if (!isAllNamed) return undefined;
  return { reason: 'brief', until, saidAt: briefDue };
}
