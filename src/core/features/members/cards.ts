import { changeSettingsButton, memberSettingsText } from '../../cards/member-settings.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isSameIdentity } from '../../domain/identities/identity.ts';
import { identifyButtons } from '../../domain/joining/ask-who-it-is.ts';
import {
  type LinkedWorkspace,
  linkedWorkspaceRef,
} from '../../domain/joining/linked-workspaces.ts';
import { contactOf, isByHand } from '../../domain/members/by-hand.ts';
import { identityToWriteTo, type Member } from '../../domain/members/member.ts';
import { isRefused, refusalText } from '../../domain/members/refusals.ts';
import type { Viewer } from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { keeperButton } from './by-hand.ts';
import type { Holdings } from './holdings.ts';

/** What the bot knows about the member who asks. */
export function meCard(
  member: Member,
  workspaces: readonly LinkedWorkspace[],
  partnership: Partnership,
  directory: Directory,
  today: Day,
  { counts, longest }: Holdings,
): Reply {
  const held: Block[] = counts
    ? [
        {
          kind: 'text',
          text: rich`You have ${counts}.${longest && rich` Longest on your list: ${longest}.`}`,
        },
      ]
    : [];
  const tied = tiesText(member, directory);
  const them = member.tiedTo.length === 1 ? 'it' : 'them';
  const ties: Block[] = tied
    ? [
        {
          kind: 'note',
          text: rich`You're part of ${tied}, so notes about ${them} and promises to ${them} are hidden from you, except your own.`,
        },
      ]
    : [];
  return {
    text: rich`${bold(member.name)}, ${member.role}. ${memberSettingsText(member, partnership, directory, today)}`,
    card: [
      ...held,
      ...ties,
      ...placeRows(member, workspaces),
      { kind: 'buttons', buttons: [changeSettingsButton] },
    ],
  };
}

/** For members with several places: where messages go, with buttons to choose another one. */
function placeRows(member: Member, workspaces: readonly LinkedWorkspace[]): Block[] {
  const refusal = member.refusals?.at(-1);
  if (workspaces.length < 2)
    return refusal
      ? [{ kind: 'note', text: rich`${refusalText(refusal)}. ${refusal.remedy}` }]
      : [];
  const identity = identityToWriteTo(member);
  const here = workspaces.find((place) => isSameIdentity(place.identity, identity));
  const others = workspaces.filter((place) => place !== here);
  const why = member.preferredIdentity ? 'as you chose' : 'where you last talked to me';
  const isElsewhere = refusal && identity && !isRefused(identity, member.refusals);
  return [
    {
      kind: 'row',
      text: isElsewhere
        ? rich`${refusalText(refusal)}, so I write to you in ${here?.name}.`
        : rich`I write to you in ${here?.name}, ${why}.`,
      buttons: others.map((place) => ({
        label: `Write to me in ${place.name}`,
        command: 'me',
        args: { prefers: linkedWorkspaceRef(place) },
      })),
    },
  ];
}

/**
 * A member in the list. Coordinators get buttons to change them.
 * @param holdings what they hold, for coordinators
 */
export function memberRow(
  member: Member,
  directory: Directory,
  { isIdentified, role }: Viewer,
  holdings?: Holdings,
): Block {
  const isCoordinator = role === 'coordinator';
  const tied = isIdentified ? tiesText(member, directory) : '';
  const hasLost = member.access?.some(({ lost }) => lost) === true;
  const left = member.active ? '' : hasLost ? ' · has lost their access' : ' · has left';
  const keeper = isByHand(member) ? contactOf(member, directory) : undefined;
  const byHand =
    isByHand(member) &&
    rich` · by name only${keeper?.active && ` · ${keeper.name} keeps in touch`}`;
  const held =
    holdings?.counts &&
    rich` · ${holdings.counts}${holdings.longest && rich` · longest: ${holdings.longest}`}`;
  const text = rich`${bold(member.name)} · ${member.role}${byHand}${tied && ` · belongs to ${tied}`}${left}${held}`;
  if (!isCoordinator) return { kind: 'text', text };
  const who = `#${member.id}`;
  if (!member.active) {
    const back = { label: 'Let back in', command: 'member add', args: { who } };
    return { kind: 'row', text, buttons: [back] };
  }
  if (isByHand(member)) {
    const sheet = { label: 'A sheet to print', command: 'print', args: { who } };
    const joined = {
      label: 'Has an account now',
      command: 'member same',
      args: { who, [FORM]: 'yes' },
    };
    const left = { label: 'Has left', command: 'member left', args: { who } };
    return { kind: 'row', text, buttons: [sheet, keeperButton(member), joined, left] };
  }
  if (member.unidentifiedSince) {
    const buttons = identifyButtons(member);
    return { kind: 'row', text: rich`${text} · new: who is it?`, buttons };
  }
  return {
    kind: 'row',
    text,
    buttons: [
      { label: 'Change role', command: 'member role', args: { who, [FORM]: 'yes' } },
      { label: 'Belongs to a partner', command: 'member tie', args: { who, [FORM]: 'yes' } },
      { label: 'Has left', command: 'member left', args: { who } },
    ],
  };
}

function tiesText(member: Member, directory: Directory): string {
  const names = member.tiedTo.map((id) => directory.partner(id)?.name ?? 'a partner');
  return [...new Set(names)].join(', ');
}
