import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../names/directory.ts';
import type { Block, Reply } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import { lateRow, raisedRow } from '../escalation/cards.ts';
import { fewerButton } from '../fewer/button.ts';
import { followupLine, followupRow } from '../followups/cards.ts';
import type { Followup } from '../followups/store.ts';
import type { Member } from '../members/store.ts';
import { quietRow } from '../quiet/cards.ts';
import { countOf, type Items } from './gather.ts';

/** How many things a brief shows before it folds the rest. */
const SHOWN = 3;

/** The brief of one member: the most pressing first, three of them, the rest behind a button. */
export function briefCard(member: Member, items: Items, today: Day, names: Directory): Reply {
  const count = countOf(items);
  const blocks = blocksOf(items, today, names);
  const folded = count > SHOWN;
  const rest = { label: `See the rest (${count - SHOWN})`, command: 'today', args: {} };
  return {
    text: rich`Hello ${member.name}. ${headline(items)}`,
    card: [
      ...blocks.slice(0, SHOWN),
      { kind: 'buttons', buttons: folded ? [rest, fewerButton] : [fewerButton] },
    ],
  };
}

/** The brief with what did not fit into the week before: the sentences of messages that were held back. */
export function withMeanwhile(brief: Reply, held: readonly Reply[]): Reply {
  const blocks = held.map(({ text }): Block => ({ kind: 'text', text: rich`Meanwhile: ${text}` }));
  return { ...brief, card: [...blocks, ...(brief.card ?? [])] };
}

/** Everything that is one member's, unfolded: what they see when they ask. */
export function overviewCard(items: Items, today: Day, names: Directory): Reply {
  if (countOf(items) === 0) return { text: rich`Nothing is waiting for you. Enjoy the day.` };
  return { text: headline(items), card: blocksOf(items, today, names) };
}

function blocksOf(items: Items, today: Day, names: Directory): Block[] {
  return [
    ...items.late.map((row) => lateRow(row, today, names)),
    ...items.asked.map((row) => requestRow(row, today, names)),
    ...items.due.map((row) => followupRow(row, today, names)),
    ...items.raised.map((row) => raisedRow(row, today, names)),
    ...items.quiet.map((partner) => quietRow(partner, today)),
  ];
}

function headline(items: Items) {
  const parts = [
    counted(items.late.length, 'is late', 'are late'),
    counted(items.asked.length, 'request waits for you', 'requests wait for you'),
    counted(items.due.length, 'is due', 'are due'),
    counted(items.raised.length, 'could do with a hand', 'could do with a hand'),
    counted(items.quiet.length, 'relationship has gone quiet', 'relationships have gone quiet'),
  ].filter((part) => part !== '');
  return parts.length > 0
    ? rich`${parts.join(', ')}.`
    : rich`Here is what the week before left over.`;
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}

function requestRow(row: Followup, today: Day, names: Directory): Block {
  const asker = names.member(row.askedBy ?? '')?.name ?? 'Somebody';
  const which = `#${row.id}`;
  return {
    kind: 'row',
    text: rich`${bold(asker)} asks you to take: ${followupLine({ ...row, asked: null }, today, names, { owner: false })}`,
    buttons: [
      { label: 'Yes', command: 'followup accept', args: { which }, style: 'primary' },
      { label: "Sorry, can't", command: 'followup decline', args: { which } },
    ],
  };
}
