import type { Day } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { FORM } from '../../invocation.ts';
import type { Directory } from '../../names/directory.ts';
import type { Block, Button, Reply } from '../../reply.ts';
import { bold, day, type RichText, rich } from '../../rich-text.ts';
import { briefMinute } from '../briefs/schedule.ts';
import { hoursText, quietHoursOf } from '../courtesy/quiet-hours.ts';
import { isSameIdentity } from '../identities/store.ts';
import { undoButton } from '../interactions/cards.ts';
import { type LinkedPlace, placeRef } from '../linking/places.ts';
import { daysText } from '../settings/days.ts';
import type { Partnership } from '../settings/store.ts';
import { effectiveRhythm, rhythmText } from './rules.ts';
import type { Member } from './store.ts';
import { identityFor } from './written-to.ts';
import { zoneOf } from './zone.ts';

/** What a member has set for themselves, in a sentence or two. */
export function meText(member: Member, partnership: Partnership, today: Day): RichText {
  const { role, rhythm, briefAt, briefDays, pausedUntil } = member;
  const hours = quietHoursOf(member, partnership);
  const quiet = hours ? rich` Quiet hours: ${hoursText(hours)}.` : rich` No quiet hours.`;
  const closed = member.closed && rich` ${closedText[member.closed]}`;
  const zone = `${zoneOf(member, partnership)}${zoneNote(member)}`;
  if (rhythm === 'off')
    return rich`No briefs come; if something of yours is late for long, a coordinator hears of it. Your time zone is ${zone}.${quiet}${closed}`;
  const days = briefDays
    ? daysText(briefDays)
    : `working days (${daysText(partnership.workingDays)})`;
  const pause =
    pausedUntil !== null && pausedUntil > today && rich` Paused until ${day(pausedUntil)}.`;
  const next = member.briefDay !== null && rich` The next can come on ${day(member.briefDay)}.`;
  const minute = briefMinute(member, partnership);
  // Said openly: the time they chose is not the one at which it comes.
  const moved =
    minute !== briefAt &&
    ` (${timeText(briefAt)} is in your quiet hours: me quiet-hours changes them)`;
  return rich`Your brief comes ${rhythmText(rhythm, role)} at ${timeText(minute)}${moved}, on ${days}, in ${zone}; only when there is something, and never on a bank holiday.${quiet}${pause}${next}${closed}`;
}

const closedText = {
  thread:
    'If your direct messages are closed, I write in a private thread where the weekly digest is posted.',
  mention:
    'If your direct messages are closed, I only say your name where the weekly digest is posted.',
};

/** When briefs come to a member, on one line. */
export function briefLine(member: Member, partnership: Partnership, today: Day): RichText {
  const { pausedUntil } = member;
  const rhythm = effectiveRhythm(member);
  if (rhythm === 'off') return rich`No briefs come to you.`;
  const pause = pausedUntil !== null && pausedUntil > today;
  const minute = timeText(briefMinute(member, partnership));
  return rich`Your brief: ${often[rhythm]} at ${minute}, ${zoneOf(member, partnership)}${pause && rich`; paused until ${day(pausedUntil)}`}.`;
}

const often = { daily: 'each day', weekly: 'once a week', dated: 'for things with a date,' };

/** Whose choice the zone is, where it is not the member's own. */
function zoneNote({ zone, platformZone }: Member): string {
  if (zone) return '';
  return platformZone ? ' (as your chat app has it)' : ' (as for everybody)';
}

/** Opens the form of one's own settings. */
export const changeMeButton: Button = { label: 'Change', command: 'me', args: { [FORM]: 'yes' } };

/** What I know of the one who asks. */
export function meCard(
  member: Member,
  places: readonly LinkedPlace[],
  partnership: Partnership,
  names: Directory,
  today: Day,
): Reply {
  const tied = tiesText(member, names);
  const ties: Block[] = tied
    ? [
        {
          kind: 'note',
          text: rich`You are tied to ${tied}: notes about them are not shown to you.`,
        },
      ]
    : [];
  return {
    text: rich`${bold(member.name)}, ${member.role}. ${meText(member, partnership, today)}`,
    card: [...ties, ...placeRows(member, places), { kind: 'buttons', buttons: [changeMeButton] }],
  };
}

/** Of several places, where messages come, and the others to choose from. */
function placeRows(member: Member, places: readonly LinkedPlace[]): Block[] {
  if (places.length < 2) return [];
  const identity = identityFor(member);
  const here = places.find((place) => isSameIdentity(place.identity, identity));
  const others = places.filter((place) => place !== here);
  const why = member.prefers ? 'as you wanted' : 'where you spoke with me last';
  return [
    {
      kind: 'row',
      text: rich`I write to you in ${here?.name}, ${why}.`,
      buttons: others.map((place) => ({
        label: `Write to me in ${place.name}`,
        command: 'me',
        args: { prefers: placeRef(place) },
      })),
    },
  ];
}

/** What a member changed about themselves. */
export function changedMe(
  member: Member,
  partnership: Partnership,
  today: Day,
  receipt: string,
): Reply {
  return {
    text: rich`Changed. ${meText(member, partnership, today)}`,
    card: [{ kind: 'buttons', buttons: [changeMeButton, undoButton(receipt)] }],
  };
}

/** A member in the list; a coordinator can give them another role from here. */
export function memberRow(member: Member, names: Directory, coordinates: boolean): Block {
  const tied = tiesText(member, names);
  const left = member.active ? '' : ' · has left';
  const text = rich`${bold(member.name)} · ${member.role}${tied && ` · tied to ${tied}`}${left}`;
  if (!coordinates || !member.active) return { kind: 'text', text };
  const who = `#${member.id}`;
  return {
    kind: 'row',
    text,
    buttons: [
      { label: 'Change role', command: 'member role', args: { who, [FORM]: 'yes' } },
      { label: 'Tie to a partner', command: 'member tie', args: { who, [FORM]: 'yes' } },
      { label: 'Has left', command: 'member left', args: { who } },
    ],
  };
}

function tiesText(member: Member, names: Directory): string {
  return member.tiedTo.map((id) => names.partner(id)?.name ?? 'a partner').join(', ');
}
