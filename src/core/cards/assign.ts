import type { Deps } from '../command/command.ts';
import { dayOf, minuteOf } from '../dates/day.ts';
import { recentDeliveries } from '../domain/deliveries/delivery.ts';
import { enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { countRequest } from '../domain/followups/request-limit.ts';
import { hearersOfAssigned, isByHand } from '../domain/members/by-hand.ts';
import { type Member, members, zoneOf } from '../domain/members/member.ts';
import type { Assigned } from '../domain/notices/assigned.ts';
import { type NoticeTime, nextNoticeAt } from '../domain/notices/next-notice.ts';
import { weeklyCapOf } from '../domain/notification-policy/weekly-cap.ts';
import type { Partner } from '../domain/partners/partner.ts';
import type { Button } from '../message/reply.ts';
import { day, moment, type RichText, rich } from '../message/rich-text.ts';
import type { New } from '../ports/store.ts';
import { assignmentMessage } from './assignment-notice.ts';

/** What the giver of something is told: when the other member hears of it, if that is not now. */
export interface AssignmentAnswer {
  /** Begins with a space; empty if they hear of it at once. */
  text: RichText;
  buttons: readonly Button[];
}

const TOLD_AT_ONCE: AssignmentAnswer = { text: [], buttons: [] };

/**
 * Tells the new owner of a follow-up that it is theirs, or asks the member who was asked to take it on. What a member
 * takes on by themselves is not told.
 * @throws UserError if the actor has sent too many requests within an hour.
 */
export async function assignFollowup(
  row: Followup,
  actor: Member,
  deps: Deps,
): Promise<AssignmentAnswer> {
  const recipient = row.asked ?? row.who;
  if (recipient === null || recipient === actor.id) return TOLD_AT_ONCE;
  const assigned = { followups: [row], partners: [] };
  const isRequest = row.asked !== null;
  const time = await notifyAssigned(
    { recipient, subject: row.id, assigned, isRequest },
    actor,
    deps,
  );
  if (!time) return TOLD_AT_ONCE;
  const answer = answerText(time, deps);
  const zone = zoneOf(time.member, deps.partnership);
  const isLate =
    answer.length > 0 &&
    !time.isReminder &&
    (row.at ? time.at > row.at : row.dueDay !== null && dayOf(time.at, zone) > row.dueDay);
  if (!isLate) return { text: answer, buttons: [] };
  const args = { which: `#${row.id}` };
  const button: Button = { label: 'Somebody else', command: 'followup ask', args };
  return { text: rich`${answer} That's after it is due.`, buttons: [button] };
}

/**
 * Tells the new lead of some partners that they lead them, or asks the member who was asked to. One message says it of
 * all of them.
 * @param rows partners with the same lead, or with a request to the same member.
 * @throws UserError if the actor has sent too many requests within an hour.
 */
export async function assignLead(
  rows: readonly New<Partner>[],
  actor: Member,
  deps: Deps,
): Promise<AssignmentAnswer> {
  const [first, ...others] = rows;
  const recipient = first?.leadAsked ?? first?.lead ?? null;
  if (!first || recipient === null || recipient === actor.id) return TOLD_AT_ONCE;
  const time = await notifyAssigned(
    {
      recipient,
      subject: first.id,
      about: others.map(({ id }) => id),
      assigned: { followups: [], partners: rows },
      isRequest: (first.leadAsked ?? null) !== null,
    },
    actor,
    deps,
  );
  return time ? { text: answerText(time, deps), buttons: [] } : TOLD_AT_ONCE;
}

/**
 * Asks a member to take on tasks of somebody else, in one message.
 * @param handover from: the member whose tasks they are or were.
 * @returns what the one who asks is told; empty if there is nothing to say.
 * @throws UserError if the actor has sent too many requests within an hour.
 */
export async function askToTakeOver(
  { from, recipient, assigned }: { from: Member; recipient: string; assigned: Assigned },
  actor: Member,
  deps: Deps,
): Promise<RichText> {
  const about = [...assigned.followups, ...assigned.partners].map(({ id }) => id);
  const handover = { recipient, subject: from.id, about, assigned, isRequest: true };
  const time = await notifyAssigned(handover, actor, deps);
  return time ? answerText(time, deps) : [];
}

interface NewAssignment {
  recipient: string;
  /** The id of the first thing; for a handover, of the member whose tasks they are or were. */
  subject: string;
  about?: readonly string[];
  assigned: Assigned;
  isRequest: boolean;
  /** The id of a member added by hand, if the recipient passes it on to them. */
  passedTo?: string;
}

type AssignmentTime = NoticeTime & { member: Member };

/**
 * Queues the message that tells a member what they were given, or asks them.
 * @returns when they hear of it; undefined if they have left.
 * @throws UserError if the actor has sent too many requests within an hour.
 */
async function notifyAssigned(
  { recipient, subject, about = [], assigned, isRequest, passedTo }: NewAssignment,
  actor: Member,
  deps: Deps,
): Promise<AssignmentTime | undefined> {
  const { store, partnership, directory, now } = deps;
  const member = await store.of(members).get(recipient);
  if (!member?.active) return undefined;
  if (isByHand(member)) {
    const assignment = { subject, about, assigned, isRequest };
    await notifyKeepers(member, assignment, actor, deps);
    return undefined;
  }
  const assignedBy = isRequest ? null : actor.id;
  const reply = assignmentMessage([{ ...assigned, subject, assignedBy }], member, deps);
  if (!reply) return undefined;
  if (isRequest) countRequest({ member: actor.id, id: deps.id(`ask ${subject}`) }, deps);
  // Read before the notice is queued, so that it does not wait for itself.
  const ledger = await recentDeliveries(member.id, store);
  // One command may ask somebody both for themselves and for a member added by hand.
  const label = isRequest ? 'ask' : 'given';
  const occurrence = deps.id(passedTo === undefined ? label : `${label} ${passedTo}`);
  const how = isRequest ? { awaited: true } : { assignedBy: actor.id };
  await enqueueNotice({ subject, occurrence, recipient, reply, about, at: now, ...how }, deps);
  const recipientContext = { member, partnership, directory, ledger, now };
  return { ...nextNoticeAt({ assigned, isRequest }, recipientContext), member };
}

/** Tells who keeps in touch with a member added by hand what that member was given, or is asked. */
async function notifyKeepers(
  to: Member,
  assignment: Omit<NewAssignment, 'recipient'>,
  actor: Member,
  deps: Deps,
): Promise<void> {
  for (const { id: recipient } of hearersOfAssigned(to, assignment.assigned, deps.directory))
    if (recipient !== actor.id)
      await notifyAssigned({ ...assignment, recipient, passedTo: to.id }, actor, deps);
}

const NOON_MINUTE = 12 * 60;

/** Says when a member hears of what they were given, and why not now. Empty if it is within the hour. */
function answerText(
  { at, reason, isReminder, member }: AssignmentTime,
  { partnership, now }: Pick<Deps, 'partnership' | 'now'>,
): RichText {
  const zone = zoneOf(member, partnership);
  const { name, pausedUntil } = member;
  if (reason === null || reason === 'brief' || reason === 'other notice') return [];
  if (isReminder) return rich` ${name} will hear of it by its reminder, on ${moment(at)}.`;
  switch (reason) {
    case 'leave':
      return pausedUntil === dayOf(at, zone)
        ? rich` ${name} is away until ${day(pausedUntil)} and will hear of it then.`
        : rich` ${name} is away until ${pausedUntil && day(pausedUntil)} and will hear of it on ${moment(at)}.`;
    case 'weekly cap': {
      const cap = weeklyCapOf(member, partnership);
      const messages = cap === 1 ? '1 message' : `${cap} messages`;
      return rich` ${name} gets no more than ${messages} a week from me, so they'll hear of it on ${moment(at)}.`;
    }
    case 'quiet hours': {
      const time = minuteOf(now, zone) < NOON_MINUTE ? 'early' : 'late';
      return rich` It's ${time} for ${name}, who will hear of it on ${moment(at)}.`;
    }
  }
}
