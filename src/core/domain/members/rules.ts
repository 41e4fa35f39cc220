import { Duration } from 'luxon';
import { quoteShort } from '../../base/text.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { problemOfDate, readDate } from '../../dates/read-date.ts';
import { onlyValue } from '../../dates/reading.ts';
import { nextWorkingDay, type WorkingWeek } from '../../dates/working-days.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type BriefRhythm, type Member, otherCoordinators } from './member.ts';
import type { Role } from './rights.ts';

/** How many days after leave the first brief can come that greets the member: a weekly one. */
export const JUST_BACK_DAYS = 7;
/** The longest pause. For longer, members switch briefs off. */
const MAX_PAUSE_DAYS = 366;

/**
 * Reads until when briefs are paused: "2 weeks" from today, or a day.
 * @param arg the name of the arg, so that a form shows the error at its field.
 * @returns the day on which briefs come again.
 * @throws UserError if the text is neither, or the day is not ahead or too far away.
 */
export function pauseUntil(
  text: string,
  when: { now: Date; zone: string; today: Day },
  arg = 'pause',
): Day {
  const { now, zone, today } = when;
  const length = readDuration(text);
  const reading = length ? undefined : readDate(text, { now, zone, tense: 'future' });
  const until = length
    ? addToDay(today, Duration.fromISO(length).toObject())
    : onlyValue(reading)?.day;
  if (until === undefined) {
    const problem = problemOfDate(reading, 'future', today, zone);
    const example = reading === undefined ? ' Try "2 weeks", or a day.' : '';
    throw new UserError(`Until when is "${quoteShort(text)}"?${example} ${problem}`, arg);
  }
  if (until <= today) throw new UserError('A pause needs a day in the future. Until when?', arg);
  if (until > addToDay(today, { days: MAX_PAUSE_DAYS }))
    throw new UserError(
      rich`That is more than a year. To get no briefs at all, type ${commandText('me', 'fewer:off')}.`,
      arg,
    );
  return until;
}

/**
 * Makes sure that a change of role leaves a coordinator.
 * @throws UserError if the last coordinator would lose the role.
 */
export function refuseLastCoordinator(
  who: Pick<Member, 'id' | 'name' | 'role'>,
  role: Role,
  everybody: readonly Pick<Member, 'id' | 'role' | 'active'>[],
): void {
  if (who.role !== 'coordinator' || role === 'coordinator') return;
  if (otherCoordinators(everybody, who.id).length > 0) return;
  throw new UserError(
    rich`${who.name} is the only coordinator, and every partnership needs one. First make somebody else a coordinator with ${commandText('member role')}.`,
  );
}

/** The member with a tie to a partner added (`tied`) or removed. */
export function withTie(member: Member, partner: string, tied: boolean): Member {
  const others = member.tiedTo.filter((id) => id !== partner);
  return { ...member, tiedTo: tied ? [...others, partner] : others };
}

/** How often briefs really come: for the role member, `daily` means once a week. */
export function effectiveRhythm({ rhythm, role }: Pick<Member, 'rhythm' | 'role'>): BriefRhythm {
  return rhythm === 'daily' && role === 'member' ? 'weekly' : rhythm;
}

/** The fields that change when somebody chooses a rhythm. It is their own choice then, not the bot's any more. */
export function changesForRhythm(
  member: Pick<Member, 'rhythm' | 'steppedBackAt'>,
  rhythm: BriefRhythm,
): Partial<Pick<Member, 'rhythm' | 'steppedBackAt'>> {
  if (rhythm === member.rhythm && !member.steppedBackAt) return {};
  return { rhythm, steppedBackAt: null };
}

/**
 * The fields that change when somebody uses the bot after it made their briefs rarer: they get a daily brief again, as
 * before. For a member, that is the weekly one.
 * @returns undefined if the rhythm is their own choice.
 */
export function changesForUse({
  steppedBackAt,
}: Pick<Member, 'steppedBackAt'>): Pick<Member, 'rhythm' | 'steppedBackAt'> | undefined {
  return steppedBackAt ? { rhythm: 'daily', steppedBackAt: null } : undefined;
}

/** When somebody's leave ends, or has ended: the day on which briefs come again. Null: none is known. A day off is no leave. */
export function leaveEndOf({
  pausedUntil,
  dayOffUntil = null,
}: Pick<Member, 'pausedUntil'> & Partial<Pick<Member, 'dayOffUntil'>>): Day | null {
  return pausedUntil === dayOffUntil ? null : pausedUntil;
}

/**
 * Whether somebody is on leave, or back for their first working day: nothing of theirs is called late then, and the
 * coordinators hear of none of it.
 */
export function isOnLeaveOrJustBack(
  member: Parameters<typeof leaveEndOf>[0],
  today: Day,
  week: WorkingWeek,
): boolean {
  const end = leaveEndOf(member);
  return end !== null && today <= nextWorkingDay(end, week);
}

/** How often briefs come, in words that go after "Your brief comes". */
export function briefRhythmText(rhythm: BriefRhythm, role: Role): string {
  if (rhythm === 'off') return 'never';
  if (rhythm === 'dated') return 'only for things with a date,';
  return effectiveRhythm({ rhythm, role }) === 'weekly'
    ? 'once a week, and on days when something is due,'
    : 'each day';
}
