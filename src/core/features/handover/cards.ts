import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import type { Workload } from './reassign.ts';

/** How many names a sentence lists. It counts the rest. */
const MAX_NAMED = 5;

/** Asks before a member's tasks go back. */
export function confirmHandBackCard(workload: Workload): Reply {
  return {
    text: rich`You ${workloadText(workload, ['have', 'lead'])}. What others gave you goes back to them, and I'll tell them. The rest waits until a coordinator finds somebody. Nothing is deleted.`,
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

/** Tells somebody that tasks they gave away are theirs again. */
export function returnedNotice(from: Member, rows: readonly Followup[]): Reply {
  const these = rows.length === 1 ? 'this' : 'these';
  return {
    text: rich`${from.name} has handed ${these} back to you: ${titlesOf(rows)}.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'See mine', command: 'today', args: {} }] }],
  };
}

/** A workload in words: `has 2 follow-ups (**send the plan, book the hall**) and leads 1 partner`. */
function workloadText({ mine, asked, led }: Workload, [has, leads]: [string, string]): RichText {
  const titles = mine.length > 0 && rich` (${titlesOf(mine)})`;
  const parts = [
    mine.length > 0 && rich`${counted(mine.length, 'follow-up')}${titles}`,
    asked.length > 0 && rich`${counted(asked.length, 'open request')}`,
  ].filter((part) => part !== false);
  const tasks = parts.length > 0 && rich`${has} ${joined(parts, ' and ')}`;
  const partners = led.length > 0 && `${leads} ${counted(led.length, 'partner')}`;
  return rich`${tasks}${tasks && partners && (parts.length > 1 ? ', and ' : ' and ')}${partners}`;
}

/** The first titles, and how many more there are. */
function titlesOf(rows: readonly Followup[]): RichText {
  return someOf(rows.map(({ title }) => title));
}

/** The first names, and how many more there are. */
function someOf(names: readonly string[]): RichText {
  const rest = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED);
  return rich`${bold(named.join(', '))}${rest > 0 && ` and ${rest} more`}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Asks who should take over the tasks of somebody who has left. */
export function askHandoverCard(holder: Member, workload: Workload): Reply {
  const handTo = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'member left',
    args: { who: `#${holder.id}`, ...args },
  });
  const buttons: Button[] = [
    handTo('Hand over to…', { [FORM]: 'yes' }),
    handTo('To me', { to: 'me' }),
    handTo('To nobody yet', { to: 'none' }),
    { label: 'Cancel', command: 'cancel', args: {} },
  ];
  return {
    text: rich`${bold(holder.name)} ${workloadText(workload, ['has', 'leads'])}. Who should take them on? Requests go back to the person who asked, and nothing is deleted.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** Tells somebody which tasks they have taken over. */
export function handedOverNotice(
  holder: Member,
  rows: readonly Followup[],
  led: readonly Partner[],
): Reply {
  const lead = led.length > 0 && rich` You now lead: ${someOf(led.map(({ name }) => name))}.`;
  const open = rows.length > 0 && rich` Open: ${titlesOf(rows)}.`;
  return {
    text: rich`${holder.name} has left, and their tasks are yours now.${open}${lead}`,
    card: [{ kind: 'buttons', buttons: [{ label: 'See mine', command: 'today', args: {} }] }],
  };
}
