import { addToDay, type Day, instantOf, minuteOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import { type WorkingWeek, workingDayFrom } from '../../dates/working-days.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { New } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import type { Member } from '../members/member.ts';
import { isSelf } from '../members/self.ts';
import type { Followup, Series } from './followup.ts';

/** When a promise is due if nobody said: a week on, moved to the next working day. */
export function defaultBy(today: Day, week: WorkingWeek): When {
  return { day: workingDayFrom(addToDay(today, { weeks: 1 }), week) };
}

/** @throws UserError when a promise would be due in the past. */
export function refusePast(by: When, now: Date, today: Day): void {
  const past = by.at ? by.at <= now : by.day < today;
  if (past) throw new UserError(rich`${dueText(by)} has been. When should it be?`, 'by');
}

/** A due time as people read it: the clock time where one was given, else the plain day. */
export function dueText(by: { day: Day; at?: Date | null | undefined }): RichText {
  return by.at ? [moment(by.at)] : [day(by.day)];
}

/** The time fields of a follow-up: a clock time makes it a due row of its own; a day waits for the brief. Another day ends an escalation. */
export function dueAt(
  by: When,
): Pick<Followup, 'byDay' | 'at' | 'clock' | 'nextRunAt' | 'claim' | 'raiseOn'> {
  const at = by.at ?? null;
  return { byDay: by.day, at, clock: at, nextRunAt: at, claim: null, raiseOn: null };
}

/**
 * When a follow-up is due that moves: on a plain day it keeps its clock time.
 * @param zone its owner's (IANA name).
 */
export function movedTo({ clock }: Pick<Followup, 'clock'>, to: When, zone: string): When {
  if (to.at || !clock) return to;
  return { day: to.day, at: instantOf(to.day, minuteOf(clock, zone), zone) };
}

/**
 * Whose a promise is. Nothing lands on anybody unasked, except by a coordinator: anybody else asks, and stays
 * the owner until the other says yes.
 */
export function ownership(
  actor: Member,
  who: { id: string } | undefined,
): Pick<Followup, 'who' | 'asked' | 'askedBy'> {
  if (!who || who.id === actor.id) return { who: actor.id, asked: null, askedBy: null };
  if (actor.role === 'coordinator') return { who: who.id, asked: null, askedBy: null };
  return { who: actor.id, asked: who.id, askedBy: actor.id };
}

/** Nothing is put on somebody who is no longer here. @throws UserError at the arg that names them */
export function refuseLeft(
  who: { id: string; name: string } | null | undefined,
  names: Directory,
  arg = 'who',
): void {
  if (!who || names.member(who.id)?.active) return;
  throw new UserError(rich`${who.name} is no longer here. Who else could do it?`, arg);
}

/** A new open follow-up. */
export function newFollowup(
  facts: Pick<
    Followup,
    'id' | 'title' | 'partner' | 'contact' | 'ours' | 'createdBy' | 'createdAt'
  > &
    Pick<Followup, 'who' | 'asked' | 'askedBy'>,
  by: When,
  series: Series | null = null,
): New<Followup> {
  return { ...facts, ...dueAt(by), series, state: 'open', closedAt: null, sending: null };
}

/** Whether somebody tied to the partner is not to see a promise: one that is not their own. */
export function isHiddenFrom(
  member: Pick<Member, 'id' | 'formerly' | 'tiedTo'>,
  row: Pick<Followup, 'partner' | 'who' | 'asked' | 'createdBy'>,
): boolean {
  const own = [row.who, row.asked, row.createdBy].some((id) => isSelf(member, id));
  return !own && row.partner !== null && member.tiedTo.includes(row.partner);
}

/** A follow-up as it is once it is done or cancelled: a request about it no longer stands. */
export function closed(row: Followup, state: 'done' | 'cancelled', now: Date): Followup {
  return { ...row, state, closedAt: now, asked: null, askedBy: null, nextRunAt: null, claim: null };
}
