import type { ChoiceLabels } from '../command/args.ts';
import { type Day, dayOf } from '../dates/day.ts';
import { timeText } from '../dates/time-of-day.ts';
import { weekdaysText } from '../dates/weekdays.ts';
import { briefMinute } from '../domain/briefs/schedule.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { isSameIdentity, platformName } from '../domain/identities/identity.ts';
import { type Member, otherCoordinators, zoneOf } from '../domain/members/member.ts';
import { briefRhythmText, effectiveRhythm } from '../domain/members/rules.ts';
import { quietHoursOf, quietHoursText } from '../domain/notification-policy/quiet-hours.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { FORM } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { commandText, day, joined, type RichText, rich } from '../message/rich-text.ts';
import { SO_ALREADY, undoButton } from './undo-button.ts';

/** All of a member's own settings, in a few sentences. */
export function memberSettingsText(
  member: Member,
  partnership: Partnership,
  directory: Directory,
  today: Day,
): RichText {
  const explained =
    member.rhythm !== 'off' &&
    rich`It is one message with everything that is yours, it comes only when there is something in it, and never on a bank holiday.`;
  const { pausedUntil } = member;
  return sentences([
    briefSentence(member, partnership, directory),
    explained,
    zoneSentence(member, partnership),
    quietHoursSentence(member, partnership),
    pausedUntil !== null && pausedUntil > today && pauseSentence(pausedUntil),
    nextBriefSentence(member),
    member.dmFallback && dmFallbackSentence(member),
    member.showsWhoTheyKnow === true && knownSentence(member),
  ]);
}

/** When a member's briefs come, on one line. */
export function briefScheduleText(member: Member, partnership: Partnership, today: Day): RichText {
  const { pausedUntil } = member;
  const rhythm = effectiveRhythm(member);
  if (rhythm === 'off') return rich`You get no briefs.`;
  const pause = pausedUntil !== null && pausedUntil > today;
  const minute = timeText(briefMinute(member, partnership));
  return rich`Your brief, with everything that is yours, comes ${rhythmWords[rhythm]} at ${minute}${pause && rich`, after the pause until ${day(pausedUntil)}`}.`;
}

const rhythmWords = {
  daily: 'each day',
  weekly: 'once a week',
  dated: 'only for things with a date,',
};

/** The rhythms of a brief, as lists show them. */
export const briefRhythmLabels: ChoiceLabels = {
  daily: 'Each day',
  weekly: 'Each week',
  dated: 'Only for things with a date',
  off: 'No brief at all',
};

/** Opens the form of one's own settings. */
export const changeSettingsButton: Button = {
  label: 'Change',
  command: 'me',
  args: { [FORM]: 'yes' },
};

/** Says which of a member's own settings changed, and when the next brief can come if that moved. */
export function settingsChangedReply(
  before: Member,
  after: Member,
  {
    partnership,
    directory,
    now,
    receipt,
  }: { partnership: Partnership; directory: Directory; now: Date; receipt: string },
): Reply {
  const show: Button = { label: 'Show all my settings', command: 'me', args: {} };
  const today = dayOf(now, zoneOf(after, partnership));
  const changes = changesText(before, after, { partnership, directory, today });
  return {
    text:
      changes.length > 0
        ? rich`Changed. ${changes}`
        : rich`${SO_ALREADY} ${briefScheduleText(after, partnership, today)}`,
    card: [
      {
        kind: 'buttons',
        buttons: [show, changeSettingsButton, ...(changes.length > 0 ? [undoButton(receipt)] : [])],
      },
    ],
  };
}

function changesText(
  before: Member,
  after: Member,
  { partnership, directory, today }: { partnership: Partnership; directory: Directory; today: Day },
): RichText {
  const brief = [before, after].map((member) =>
    JSON.stringify(briefSentence(member, partnership, directory)),
  );
  const { pausedUntil, preferredIdentity: preferred } = after;
  const isPaused = pausedUntil !== null && pausedUntil > today;
  return sentences([
    brief[0] !== brief[1] && briefSentence(after, partnership, directory),
    after.zone !== before.zone && zoneSentence(after, partnership),
    after.quietHours !== before.quietHours && quietHoursSentence(after, partnership),
    pausedUntil !== before.pausedUntil &&
      (isPaused ? pauseSentence(pausedUntil) : rich`You are not paused any more.`),
    !isSameIdentity(preferred ?? undefined, before.preferredIdentity ?? undefined) &&
      (preferred
        ? rich`I'll write to you in ${platformName(preferred.platform)}.`
        : rich`I'll write to you where you last talked to me.`),
    after.dmFallback !== before.dmFallback && dmFallbackSentence(after),
    (after.showsWhoTheyKnow ?? false) !== (before.showsWhoTheyKnow ?? false) &&
      knownSentence(after),
    after.briefDay !== before.briefDay && nextBriefSentence(after),
  ]);
}

const knownSentence = ({ showsWhoTheyKnow }: Member): RichText =>
  showsWhoTheyKnow
    ? rich`Everybody here can see which partners you know.`
    : rich`Only coordinators see which partners you know.`;

function briefSentence(member: Member, partnership: Partnership, directory: Directory): RichText {
  const { role, rhythm, briefAt, briefDays } = member;
  if (rhythm === 'off') {
    const hears = otherCoordinators(directory.members, member.id).length > 0;
    const coordinators = role === 'coordinator' ? 'the other coordinators' : 'the coordinators';
    return rich`You get no briefs.${hears && ` If something stays overdue, I'll tell ${coordinators}.`}`;
  }
  const days = briefDays
    ? weekdaysText(briefDays)
    : `working days (${weekdaysText(partnership.workingDays)})`;
  const minute = briefMinute(member, partnership);
  const moved =
    minute !== briefAt &&
    rich` (${timeText(briefAt)} is in your quiet hours; change them with ${commandText('me', 'quiet-hours:"21:00-09:00"')})`;
  return rich`Your brief comes ${briefRhythmText(rhythm, role)} at ${timeText(minute)}${moved}, on ${days}.`;
}

function zoneSentence(member: Member, partnership: Partnership): RichText {
  const { zone, platformZone } = member;
  const source = platformZone ? ' (from your chat app)' : ' (the same for everybody)';
  return rich`Your time zone is ${zoneOf(member, partnership)}${!zone && source}.`;
}

function quietHoursSentence(member: Member, partnership: Partnership): RichText {
  const hours = quietHoursOf(member, partnership);
  return hours ? rich`Quiet hours: ${quietHoursText(hours)}.` : rich`No quiet hours.`;
}

const pauseSentence = (until: Day): RichText =>
  rich`Paused until ${day(until)}. Reminders with a clock time still come.`;

function nextBriefSentence({ briefDay }: Member): RichText | null {
  return briefDay === null ? null : rich`Your next brief can come on ${day(briefDay)}.`;
}

function dmFallbackSentence({ dmFallback }: Member): RichText {
  if (dmFallback === null)
    return rich`If your direct messages are closed, I don't write anywhere else.`;
  return dmFallback === 'thread'
    ? rich`If your direct messages are closed, I write in a private thread where the weekly digest is posted.`
    : rich`If your direct messages are closed, I only mention you where the weekly digest is posted.`;
}

const sentences = (parts: readonly (RichText | false | null)[]): RichText =>
  joined(parts.filter((part) => part !== false && part !== null));
