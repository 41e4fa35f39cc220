import { addToDay, type Day, instantOf, minuteOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import { nextWorkingDay, type WorkingWeek } from '../../dates/working-days.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { New } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { maySpeakFor } from '../members/by-hand.ts';
import type { Member } from '../members/member.ts';
import { isPrivateFrom, READ_BY_EVERYBODY, type Readership } from '../members/visibility.ts';
import type { Followup, Series } from './followup.ts';

/** When a promise is due if no day was given: in a week, or on the next working day after that. */
export function defaultBy(today: Day, week: WorkingWeek): When {
  return { day: nextWorkingDay(addToDay(today, { weeks: 1 }), week) };
}

/** @throws UserError if a promise would be due in the past. */
export function refusePast(by: When, now: Date, today: Day): void {
  const past = by.at ? by.at <= now : by.day < today;
  if (past) throw new UserError(rich`${dueText(by)} is in the past. When is it due?`, 'by');
}

/** A due time in words: with the clock time if it has one, else the day alone. */
export function dueText(by: { day: Day; at?: Date | null | undefined }): RichText {
  return by.at ? [moment(by.at)] : [day(by.day)];
}

/**
 * The time fields of a follow-up. With a clock time the row becomes due for its own reminder; a day alone is left to the
 * brief. A new due time ends an escalation.
 */
export function dueAt(
  by: When,
): Pick<
  Followup,
  'dueDay' | 'at' | 'remindAgainAt' | 'clockTime' | 'nextRunAt' | 'claim' | 'escalateOn'
> {
  const at = by.at ?? null;
  const reminder = { at, remindAgainAt: null, clockTime: at, nextRunAt: at, claim: null };
  return { dueDay: by.day, ...reminder, escalateOn: null };
}

/**
 * The new due time of a follow-up that moves. If only a day is given, it keeps its clock time.
 * @param zone the owner's zone (IANA name).
 */
export function keepingClockTime(
  { clockTime }: Pick<Followup, 'clockTime'>,
  to: When,
  zone: string,
): When {
  if (to.at || !clockTime) return to;
  return { day: to.day, at: instantOf(to.day, minuteOf(clockTime, zone), zone) };
}

/**
 * Who owns a new follow-up, and who is asked to take it on. Only a coordinator can give it to somebody else straight
 * away, and who keeps in touch with somebody added by hand. Other members ask that person, and own it until they accept.
 */
export function ownersFor(
  actor: Member,
  who: { id: string } | undefined,
  directory: Directory,
): Pick<Followup, 'who' | 'asked' | 'askedBy'> {
  if (!who || who.id === actor.id) return { who: actor.id, asked: null, askedBy: null };
  if (actor.role === 'coordinator' || maySpeakFor(actor, directory.member(who.id)))
    return { who: who.id, asked: null, askedBy: null };
  return { who: actor.id, asked: who.id, askedBy: actor.id };
}

/** Who has a follow-up that somebody has taken on. It is counted as late anew, and its new owner would be warned first. */
export function takenBy(
  who: string,
  today: Day,
): Pick<Followup, 'who' | 'asked' | 'askedBy' | 'escalateOn' | 'takenOn'> {
  return { who, asked: null, askedBy: null, escalateOn: null, takenOn: today };
}

/**
 * @param hint what else they can do, after the question.
 * @throws UserError at the arg `who` if somebody who shall do something private may not read it.
 */
export function refuseWhoCannotRead(
  who: { id: string } | undefined,
  row: Readership & Pick<Followup, 'createdBy'>,
  directory: Directory,
  hint?: RichText,
): void {
  const owner = who && directory.member(who.id);
  if (!owner || !isPrivateFrom(owner, row, row.createdBy)) return;
  throw new UserError(
    rich`That is private, and ${owner.name} may not read it. Who else could do it?${hint}`,
    'who',
  );
}

/** A new open follow-up. */
export function newFollowup(
  facts: Pick<
    Followup,
    'id' | 'title' | 'partner' | 'contact' | 'ours' | 'createdBy' | 'createdAt'
  > &
    Pick<Followup, 'who' | 'asked' | 'askedBy' | 'formerPartners' | 'promisedBy'> &
    Partial<Readership>,
  by: When,
  series: Series | null = null,
): New<Followup> {
  return {
    ...READ_BY_EVERYBODY,
    ...facts,
    ...dueAt(by),
    chasedOn: null,
    chases: null,
    chaseSuggestedOn: null,
    series,
    state: 'open',
    closedAt: null,
    closedBy: null,
    sending: null,
  };
}

/** The follow-up closed as done or cancelled by a member. An open request about it ends too. */
export function closed(
  row: Followup,
  state: 'done' | 'cancelled',
  { now, by }: { now: Date; by: string },
): Followup {
  const atRest = { asked: null, askedBy: null, nextRunAt: null, claim: null };
  return { ...row, ...atRest, state, closedAt: now, closedBy: by };
}
