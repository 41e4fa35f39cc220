import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import type { Load } from './release.ts';

/** How many titles a sentence names before it counts the rest. */
const NAMED = 5;

/** Says what would go back, and asks. */
export function askBack(load: Load): Reply {
  return {
    text: rich`That is ${loadText(load)}. What others gave you goes back to them, and they hear of it; the rest is with nobody until a coordinator finds somebody. Nothing is deleted.`,
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

/** What is with somebody: `2 follow-ups, the lead of 1 partner (**send the plan, book the hall**)`. */
export function loadText({ mine, asked, led }: Load): RichText {
  const parts = [
    counted(mine.length, 'follow-up'),
    counted(asked.length, 'request'),
    led.length > 0 ? `the lead of ${counted(led.length, 'partner')}` : '',
  ].filter((part) => part !== '');
  return rich`${parts.join(', ')}${mine.length > 0 && rich` (${titlesOf(mine)})`}`;
}

/** The titles of follow-ups, some by name. */
export function titlesOf(rows: readonly Followup[]): RichText {
  return someOf(rows.map(({ title }) => title));
}

/** Some of the names, and how many more there are. */
export function someOf(names: readonly string[]): RichText {
  const rest = names.length - NAMED;
  const named = names.slice(0, NAMED);
  return rich`${bold(named.join(', '))}${rest > 0 && ` and ${rest} more`}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
