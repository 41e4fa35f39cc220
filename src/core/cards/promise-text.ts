import type { Deps } from '../command/command.ts';
import { addToDay, type Day, dayOf, dayText, instantOf, minuteOf } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import {
  type ComingBrief,
  findNextMention,
  type MentionContext,
  type NextMention,
} from '../domain/briefs/next-mention.ts';
import { briefMinute, isBriefDay } from '../domain/briefs/schedule.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { dueText } from '../domain/followups/rules.ts';
import { type Member, zoneOf } from '../domain/members/member.ts';
import { effectiveRhythm } from '../domain/members/rules.ts';
import { endOfQuietHours, quietHoursOf } from '../domain/notification-policy/quiet-hours.ts';
import type { Button } from '../message/reply.ts';
import { bold, day, member, type RichText, rich } from '../message/rich-text.ts';

/** What an answer says about a promise, and the buttons that go with it. */
export interface PromiseAnswer {
  text: RichText;
  buttons: readonly Button[];
}

/**
 * Says who will do what by when, and when the bot comes back to it.
 * @param assigned what there is to say about when somebody else hears of it (see `assignFollowup`).
 */
export async function promiseAnswer(
  promise: Followup,
  actor: Member,
  deps: Deps,
  assigned: PromiseAnswer = { text: [], buttons: [] },
): Promise<PromiseAnswer> {
  const due = promise.dueDay
    ? rich` by ${dueText({ day: promise.dueDay, at: promise.at })}`
    : undefined;
  const what = rich`${bold(promise.title)}${due}`;
  const isOwn = promise.who === actor.id && !promise.asked;
  if (!isOwn) {
    const text = rich`${givenText(promise, what, deps)}${assigned.text}`;
    return { text, buttons: assigned.buttons };
  }
  const { text, buttons } = await mentionAnswer(promise, deps);
  return {
    text: rich`${promise.ours ? 'Yours to do' : 'They promised'}: ${what}. ${text}`,
    buttons,
  };
}

/** About a promise that somebody else has, or was asked to take on. */
function givenText(promise: Followup, what: RichText, { directory }: Deps): RichText {
  const owner = directory.member(promise.asked ?? promise.who ?? '');
  if (!owner) return rich`To do: ${what}. Nobody has it yet.`;
  if (promise.asked)
    return rich`To do: ${what}. I'm asking ${member(owner)}. It's yours until they say yes.`;
  return promise.ours
    ? rich`${member(owner)} will do it: ${what}.`
    : rich`They promised: ${what}. ${member(owner)} keeps an eye on it.`;
}

/**
 * Says when the owner of a follow-up, who is the reader, hears of it next. If nothing comes in time, there is a button
 * that sets a clock time.
 */
export async function mentionAnswer(row: Followup, deps: Deps): Promise<PromiseAnswer> {
  const { owner, mention } = await findNextMention(row, deps);
  const button = owner && !isInTime(mention) && reminderButton(row, owner, deps);
  return {
    text: mentionText(row, owner, mention, deps),
    buttons: button ? [button] : [],
  };
}

function isInTime(mention: NextMention): boolean {
  return mention.kind === 'brief' ? mention.inTime : mention.kind !== 'none';
}

function mentionText(
  row: Followup,
  owner: Member | undefined,
  mention: NextMention,
  { partnership, now }: MentionContext,
): RichText {
  const remind = row.ours ? "I'll remind you" : "I'll ask you about it";
  if (mention.kind === 'reminder') return rich`${remind} then.`;
  if (mention.kind === 'sending') return rich`Its reminder is being sent right now.`;
  if (mention.kind === 'none')
    return mention.reason === 'briefs are off'
      ? rich`You get no briefs, so nothing will remind you.`
      : rich`Nothing will remind you.`;

  const zone = zoneOf(owner, partnership);
  if (mention.inTime) return rich`${remind} ${inYourBrief(mention, row.dueDay, zone)}.`;
  const today = dayOf(now, zone);
  if (row.dueDay !== today) {
    // When a brief with dated things only warns of a late one also depends on the briefs before it.
    const before =
      owner && effectiveRhythm(owner) === 'dated' ? 'then' : rich`${day(mention.brief.day)}`;
    return rich`No brief mentions it before ${before}, so nothing will remind you in time.`;
  }
  return owner && isBriefDay(today, owner, partnership)
    ? rich`It's too late for today's brief, so nothing will remind you.`
    : rich`You get no brief today, so nothing will remind you.`;
}

/**
 * In which brief something is, for its reader: `in your brief on Mon 30 Nov at 09:00, and again that day at 09:00`.
 * @param dueDay the day that the sentence before has named. @param zone the reader's (IANA name)
 */
export function inYourBrief(
  { brief, again }: Extract<NextMention, { kind: 'brief' }>,
  dueDay: Day | null,
  zone: string,
): RichText {
  const when = (one: ComingBrief) =>
    rich`${one.day === dueDay ? 'that day' : rich`on ${day(one.day)}`} at ${timeText(minuteOf(one.at, zone))}`;
  return rich`in your brief ${when(brief)}${again && rich`, and again ${when(again)}`}`;
}

/** How long before a reminder is offered (ms): for less, nobody needs one. */
const MIN_REMINDER_AHEAD_MS = 3_600_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * Offers a reminder of its own on the day a follow-up is due: at the time of the owner's briefs or, if that has been, at
 * the next full hour that is at least an hour away. Undefined if none is left outside their quiet hours.
 */
function reminderButton(
  { id, dueDay, at, series }: Followup,
  owner: Member,
  { partnership, now }: MentionContext,
): Button | undefined {
  const zone = zoneOf(owner, partnership);
  if (dueDay === null || at !== null || dueDay < dayOf(now, zone)) return undefined;
  const hours = quietHoursOf(owner, partnership);
  const earliest = new Date(now.getTime() + MIN_REMINDER_AHEAD_MS);
  const fullHours = Array.from({ length: DAY_MINUTES / HOUR_MINUTES }, (_, hour) => hour * 60);
  const free = [briefMinute(owner, partnership), ...fullHours]
    .map((minute) => instantOf(dueDay, minute, zone))
    .find(
      (time) =>
        time >= earliest &&
        dayOf(time, zone) === dueDay &&
        endOfQuietHours(time, hours, zone).getTime() === time.getTime(),
    );
  if (!free) return undefined;
  const today = dayOf(now, zone);
  const tomorrow = addToDay(today, { days: 1 });
  const on =
    dueDay === today ? '' : dueDay === tomorrow ? 'tomorrow ' : `on ${dayText(dueDay, today)} `;
  return {
    label: `Remind me ${on}at ${timeText(minuteOf(free, zone))}`,
    command: 'followup edit',
    args: { which: `#${id}`, by: free.toISOString(), ...(series && { scope: 'one' }) },
  };
}
