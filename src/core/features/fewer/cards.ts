import type { Day } from '../../dates/day.ts';
import { FORM } from '../../invocation.ts';
import type { Button, Reply } from '../../reply.ts';
import { bold, type RichText, rich } from '../../rich-text.ts';
import type { Followup } from '../followups/store.ts';
import { meText } from '../members/cards.ts';
import type { Member } from '../members/store.ts';
import type { Partnership } from '../settings/store.ts';
import { rarerRhythms } from './rules.ts';

/** How many titles a sentence names before it counts the rest. */
const NAMED = 5;

/** The ways to have fewer messages. */
export function choicesCard(member: Member, partnership: Partnership, today: Day): Reply {
  const rarer = rarerRhythms(member);
  const buttons: Button[] = [
    { label: 'Once a week', command: 'fewer', args: { how: 'weekly' } },
    { label: 'Only things with a date', command: 'fewer', args: { how: 'dated' } },
  ].filter(({ args }) => rarer.some((rhythm) => rhythm === args.how));
  return {
    text: rich`Of course. What would help? ${meText(member, partnership, today)}`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          ...buttons,
          { label: 'Pause a week', command: 'fewer', args: { until: '1 week' } },
          { label: 'Pause until…', command: 'fewer', args: { [FORM]: 'yes' } },
          { label: 'Hand mine back', command: 'hand back', args: {} },
        ],
      },
    ],
  };
}

/** What is somebody's, and would go back. */
export interface Load {
  mine: readonly Followup[];
  asked: readonly Followup[];
  /** Partners they lead. */
  leads: number;
}

/** Says what would go back, and asks. */
export function askBack({ mine, asked, leads }: Load): Reply {
  const parts = [
    counted(mine.length, 'follow-up'),
    counted(asked.length, 'request'),
    leads > 0 ? `the lead of ${counted(leads, 'partner')}` : '',
  ].filter((part) => part !== '');
  const titles = mine.length > 0 && rich` (${titlesOf(mine)})`;
  return {
    text: rich`That is ${parts.join(', ')}${titles}. What others gave you goes back to them, and they hear of it; the rest is with nobody until a coordinator finds somebody. Nothing is deleted.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Hand it back',
            command: 'hand back',
            args: { sure: 'yes' },
            style: 'primary',
          },
          { label: 'Keep it', command: 'cancel', args: {} },
        ],
      },
    ],
  };
}

/** Tells somebody that what they gave is theirs again. */
export function returnedNotice(from: Member, rows: readonly Followup[]): Reply {
  const them = rows.length === 1 ? 'it is' : 'they are';
  return {
    text: rich`${from.name} has too much on just now and hands back: ${titlesOf(rows)}. So ${them} with you again.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'See mine', command: 'today', args: {} }] }],
  };
}

/** The titles of follow-ups, some by name. */
function titlesOf(rows: readonly Followup[]): RichText {
  const rest = rows.length - NAMED;
  const named = rows.slice(0, NAMED).map(({ title }) => title);
  return rich`${bold(named.join(', '))}${rest > 0 && ` and ${rest} more`}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
