import { placesText } from '../../cards/places-text.ts';
import type { Moved } from '../../domain/member-merge/move-data.ts';
import type { Member } from '../../domain/members/member.ts';
import { type LinkedPlace, placeRef } from '../../domain/membership/places.ts';
import { REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { codeText } from './code.ts';

/** A fresh code, and what to do with it. */
export function codeCard(code: string): Reply {
  return {
    text: rich`In the other place where you talk with me, say ${bold(`link ${codeText(code)}`)}. The code works once, for ten minutes. Keep it to yourself: whoever uses it becomes one with you here.`,
  };
}

/** Asks whether somebody is really the one whose code they have: from then on either can do what the other can. */
export function isThatYouCard(giver: Member, places: readonly LinkedPlace[], code: string): Reply {
  const args = { code, sure: 'yes', [REPLACE]: 'yes' };
  return {
    text: rich`That code is from ${bold(giver.name)}, ${placesText(places)}. Is that you? From then on I take the two for one person: what is yours is theirs, and whatever you may do they may do.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: "Yes, that's me", command: 'link', args, style: 'primary' },
          { label: "No, that's not me", command: 'cancel', args: {} },
        ],
      },
    ],
  };
}

/** Says that two members are one now, and what came along. */
export function linkedCard(member: Member, moved: Moved, places: readonly LinkedPlace[]): Reply {
  const parts = [
    counted(moved.followups, 'follow-up'),
    counted(moved.partners, 'partner you lead'),
  ];
  const what = parts.filter((part) => part !== '').join(', ');
  const came = what !== '' && rich` With you came: ${what}.`;
  const buttons: Button[] = [
    { label: 'See mine', command: 'today', args: {} },
    { label: 'Where I write to you', command: 'me', args: {} },
  ];
  return {
    text: rich`Done: you are one here now, ${bold(member.name)}, ${placesText(places)}.${came} Each message comes once.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Tells the one who gave the code, where they did. */
export function linkedNotice(other: LinkedPlace, name: string): Reply {
  return {
    text: rich`You are linked now: I take ${bold(name)} in ${other.name} for you as well. Was that not you? Then take it away at once.`,
    card: [{ kind: 'buttons', buttons: [takeAwayButton(other, 'Take it away')] }],
  };
}

/** The places of a member, each with a way to take it away. */
export function placesCard(
  member: Member,
  places: readonly LinkedPlace[],
  { isOwn, removable }: { isOwn: boolean; removable: readonly LinkedPlace[] },
): Reply {
  const whose = isOwn ? rich`You are` : rich`${bold(member.name)} is`;
  if (places.length < 2) {
    const known = places.length === 0 ? rich`nowhere` : placesText(places);
    return { text: rich`${whose} known ${known} alone, so there is nothing to take away.` };
  }
  return {
    text: rich`${whose} known ${placesText(places)}. Which one shall I take away? What was noted stays.`,
    card: [
      {
        kind: 'buttons',
        buttons: removable.map((place) =>
          takeAwayButton(place, place.name, isOwn ? '' : member.id),
        ),
      },
    ],
  };
}

function takeAwayButton(place: LinkedPlace, label: string, member = ''): Button {
  const who = member === '' ? {} : { who: `#${member}` };
  return { label, command: 'unlink', args: { where: placeRef(place), ...who } };
}

function counted(count: number, noun: string): string {
  const [first = '', ...rest] = noun.split(' ');
  const words = [count === 1 ? first : `${first}s`, ...rest].join(' ');
  return count === 0 ? '' : `${count} ${words}`;
}
