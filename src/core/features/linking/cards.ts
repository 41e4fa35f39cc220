import { counted } from '../../base/text.ts';
import {
  type LinkedWorkspace,
  linkedWorkspaceRef,
  linkedWorkspacesText,
} from '../../domain/joining/linked-workspaces.ts';
import type { MovedCounts } from '../../domain/member-merge/move-data.ts';
import type { Member } from '../../domain/members/member.ts';
import { REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { codeText } from './codes.ts';

/** A new code, and what to do with it. */
export function codeCard(code: string): Reply {
  return {
    text: rich`In your other chat with me, type ${commandText('link', codeText(code))}. The code works once, for ten minutes. Keep it to yourself: anybody who uses it counts as you here.`,
  };
}

/** Asks whether somebody really is the member whose code they typed. Once linked, each can do what the other can. */
export function confirmLinkCard(
  giver: Member,
  workspaces: readonly LinkedWorkspace[],
  code: string,
): Reply {
  const args = { code, sure: 'yes', [REPLACE]: 'yes' };
  return {
    text: rich`That code is from ${bold(giver.name)}, ${linkedWorkspacesText(workspaces)}. Is that you? Then I'll treat both accounts as yours: the same tasks, and the same rights in both.`,
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

/** Says that two members are merged, and what was moved. */
export function linkedCard(
  member: Member,
  moved: MovedCounts,
  workspaces: readonly LinkedWorkspace[],
): Reply {
  const parts = [
    ...(moved.followups > 0 ? [counted(moved.followups, 'follow-up')] : []),
    ...(moved.partners > 0
      ? [counted(moved.partners, 'partner you lead', 'partners you lead')]
      : []),
  ];
  const what = parts.join(', ');
  const movedText = what !== '' && rich` You brought along: ${what}.`;
  const buttons: Button[] = [
    { label: 'See mine', command: 'today', args: {} },
    { label: 'Where I write to you', command: 'me', args: {} },
  ];
  return {
    text: rich`Done: I now know you as one person, ${bold(member.name)}, ${linkedWorkspacesText(workspaces)}.${movedText} Each message comes once.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Tells the member who got the code, in the place where they got it. */
export function linkedNotice(other: LinkedWorkspace, name: string): Reply {
  return {
    text: rich`You're linked: from now on, ${bold(name)} in ${other.name} counts as you too. If that wasn't you, unlink it at once.`,
    card: [{ kind: 'buttons', buttons: [unlinkButton(other, 'Unlink it')] }],
  };
}

/** The places of a member, with a button to unlink each of them. */
export function linkedWorkspacesCard(
  member: Member,
  workspaces: readonly LinkedWorkspace[],
  { isOwn, removable }: { isOwn: boolean; removable: readonly LinkedWorkspace[] },
): Reply {
  const who = isOwn ? rich`you` : rich`${bold(member.name)}`;
  if (workspaces.length < 2) {
    const known =
      workspaces.length === 0
        ? rich`I don't know ${who} in any place`
        : rich`I only know ${who} ${linkedWorkspacesText(workspaces)}`;
    return { text: rich`${known}, so there is nothing to unlink.` };
  }
  return {
    text: rich`I know ${who} ${linkedWorkspacesText(workspaces)}. Which one shall I unlink? What was noted stays.`,
    card: [
      {
        kind: 'buttons',
        buttons: removable.map((place) => unlinkButton(place, place.name, isOwn ? '' : member.id)),
      },
    ],
  };
}

function unlinkButton(place: LinkedWorkspace, label: string, member = ''): Button {
  const who = member === '' ? {} : { who: `#${member}` };
  return { label, command: 'unlink', args: { where: linkedWorkspaceRef(place), ...who } };
}
