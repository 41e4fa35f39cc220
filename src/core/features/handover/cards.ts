import { counted } from '../../base/text.ts';
import { titlesOf } from '../../cards/assignment-notice.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, isTiedTo, type Viewer } from '../../domain/members/visibility.ts';
import { FORM } from '../../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import type { Workload } from './reassign.ts';

/** Asks before a member's tasks go back. */
export function confirmHandBackCard(workload: Workload, viewer: Viewer): Reply {
  return {
    text: rich`You ${workloadText(workload, ['have', 'lead'], viewer)}. What others gave you goes back to them, and I'll tell them. The rest waits until a coordinator finds somebody. Nothing is deleted.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Give my tasks back',
            command: 'hand back',
            args: { sure: 'yes' },
            style: 'primary',
          },
          { label: 'Keep them', command: 'cancel', args: {} },
        ],
      },
    ],
  };
}

/** A workload in words: `has 2 follow-ups (**send the plan, book the hall**) and leads 1 partner`. */
function workloadText(
  { mine, asked, led, askedToLead }: Workload,
  [has, leads]: [string, string],
  viewer: Viewer,
): RichText {
  const requests = asked.length + askedToLead.length;
  const titles = mine.length > 0 && rich` (${visibleTitles(mine, viewer)})`;
  const parts = [
    mine.length > 0 && rich`${counted(mine.length, 'follow-up')}${titles}`,
    requests > 0 && rich`${counted(requests, 'open request')}`,
  ].filter((part) => part !== false);
  const tasks = parts.length > 0 && rich`${has} ${joined(parts, ' and ')}`;
  const partners = led.length > 0 && `${leads} ${counted(led.length, 'partner')}`;
  return rich`${tasks}${tasks && partners && (parts.length > 1 ? ', and ' : ' and ')}${partners}`;
}

/** The titles that somebody may see, and how many are hidden from them. */
function visibleTitles(rows: readonly Followup[], viewer: Viewer): RichText {
  const shown = rows.filter((row) => !isFollowupHiddenFrom(viewer, row));
  const hidden = rows.filter((row) => isFollowupHiddenFrom(viewer, row));
  const tied = hidden.filter(({ partner }) => isTiedTo(viewer, partner)).length;
  const parts = [
    shown.length > 0 && titlesOf(shown),
    tied > 0 && hiddenText(viewer, rich`${tied} about a partner you're part of`, `${tied} hidden`),
    hidden.length > tied && rich`${hidden.length - tied} private`,
  ];
  return joined(
    parts.filter((part) => part !== false),
    ' and ',
  );
}

/** Asks who should take over the tasks of somebody who has left. */
export function askHandoverCard(holder: Member, workload: Workload, viewer: Viewer): Reply {
  const handTo = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'member left',
    args: { who: `#${holder.id}`, ...args },
  });
  const buttons: Button[] = [
    handTo('Hand over to…', { [FORM]: 'yes' }),
    handTo('To me', { to: 'me' }),
    handTo('To nobody yet', { to: 'none' }),
    cancelButton,
  ];
  return {
    text: rich`${bold(holder.name)} ${workloadText(workload, ['has', 'leads'], viewer)}. Who should take them on? Requests go back to the person who asked, and nothing is deleted.`,
    card: [{ kind: 'buttons', buttons }],
  };
}
