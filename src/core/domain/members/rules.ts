import { Duration } from 'luxon';
import { quoteShort } from '../../base/text.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { readDuration } from '../../dates/duration.ts';
import { dateExamples, readWhen } from '../../dates/read-date.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type BriefRhythm, type Member, otherCoordinators } from './member.ts';
import type { Role } from './rights.ts';

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
  const until = length
    ? addToDay(today, Duration.fromISO(length).toObject())
    : readWhen(text, { now, zone, tense: 'future' })?.day;
  if (until === undefined)
    throw new UserError(
      `Until when is "${quoteShort(text)}"? Try "2 weeks", or a day. ${dateExamples('future')}`,
      arg,
    );
  if (until <= today) throw new UserError('A pause needs a day in the future. Until when?', arg);
  if (until > addToDay(today, { days: MAX_PAUSE_DAYS }))
    throw new UserError(
      rich`That is more than a year. To get no briefs at all, type ${bold('me fewer:off')}.`,
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
    rich`${who.name} is the only coordinator, and every partnership needs one. First make somebody else a coordinator with ${bold('member role')}.`,
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

/** The fields that change when somebody chooses a rhythm. A new one is their own choice, not the bot's any more. */
export function changesForRhythm(
  member: Pick<Member, 'rhythm'>,
  rhythm: BriefRhythm,
): Partial<Pick<Member, 'rhythm' | 'steppedBackAt'>> {
  return rhythm === member.rhythm ? {} : { rhythm, steppedBackAt: null };
}

/** How often briefs come, in words that go after "Your brief comes". */
export function briefRhythmText(rhythm: BriefRhythm, role: Role): string {
  if (rhythm === 'off') return 'never';
  if (rhythm === 'dated') return 'only for things with a date';
  return effectiveRhythm({ rhythm, role }) === 'weekly'
    ? 'once a week, and on days when something is due,'
    : 'each day';
}
