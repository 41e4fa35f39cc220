import { Duration } from 'luxon';
import { cut } from '../../base/cut.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { dateExamples, readWhen } from '../../dates/when.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { BriefRhythm, Member } from './member.ts';
import type { Role } from './rights.ts';

/** A brief can be paused for up to a year: for longer, `fewer:off`. */
const LONGEST_PAUSE_DAYS = 366;

/**
 * The day from which briefs come again: "2 weeks" from today, or the day that is named.
 * @param arg the arg it stands in, for the form to show what is wrong.
 * @throws UserError when it is neither, or not ahead, or too far.
 */
export function pauseUntil(
  text: string,
  when: { now: Date; zone: string; today: Day },
  arg = 'pause',
): Day {
  const { now, zone, today } = when;
  const length = readDuration(text);
  const until = length
    ? addToDay(today, Duration.fromISO(length).toObject())
    : readWhen(text, { now, zone, tense: 'future' })?.day;
  if (until === undefined)
    throw new UserError(
      `Until when is "${cut(text)}"? Try "2 weeks", or a day. ${dateExamples('future')}`,
      arg,
    );
  if (until <= today) throw new UserError('A pause ends on a day to come. Until when?', arg);
  if (until > addToDay(today, { days: LONGEST_PAUSE_DAYS }))
    throw new UserError('That is more than a year. To have no briefs at all, say fewer:off.', arg);
  return until;
}

/**
 * Somebody has to be able to coordinate.
 * @throws UserError when the last coordinator would be made less.
 */
export function refuseLastCoordinator(
  who: Pick<Member, 'id' | 'name' | 'role'>,
  role: Role,
  everybody: readonly Pick<Member, 'id' | 'role' | 'active'>[],
): void {
  if (who.role !== 'coordinator' || role === 'coordinator') return;
  const others = everybody.filter(
    (member) => member.id !== who.id && member.active && member.role === 'coordinator',
  );
  if (others.length > 0) return;
  throw new UserError(
    rich`${who.name} is the only coordinator, and somebody has to be. Make somebody else one first: member role, who, coordinator.`,
  );
}

/** A member with a tie to a partner made, or taken away. */
export function withTie(member: Member, partner: string, tied: boolean): Member {
  const others = member.tiedTo.filter((id) => id !== partner);
  return { ...member, tiedTo: tied ? [...others, partner] : others };
}

/** How often briefs really come: a member's `daily` is once a week, as their role has it. */
export function effectiveRhythm({ rhythm, role }: Pick<Member, 'rhythm' | 'role'>): BriefRhythm {
  return rhythm === 'daily' && role === 'member' ? 'weekly' : rhythm;
}

/** What changes where somebody chooses a rhythm: one that differs is theirs, and no longer the bot's stepping back. */
export function chosenRhythm(
  member: Pick<Member, 'rhythm'>,
  rhythm: BriefRhythm,
): Partial<Pick<Member, 'rhythm' | 'steppedBackAt'>> {
  return rhythm === member.rhythm ? {} : { rhythm, steppedBackAt: null };
}

/** How often briefs come, in words. */
export function rhythmText(rhythm: BriefRhythm, role: Role): string {
  if (rhythm === 'off') return 'never';
  if (rhythm === 'dated') return 'only for things with a date';
  return effectiveRhythm({ rhythm, role }) === 'weekly'
    ? 'once a week, with what is due on its day,'
    : 'each day';
}
