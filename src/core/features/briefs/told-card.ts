import { followupLine, followupRow } from '../../cards/followup-row.ts';
import { quietRow } from '../../cards/quiet-row.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { foot, inBrief, requestRow, SHOWN } from './cards.ts';
import { raisedRow } from './escalation-cards.ts';
import type { PresentItem, Settled } from './present.ts';

/** A brief after one of its buttons was pressed: the answer, then what it told of, as it is now. */
export function toldCard(
  told: { delivery: string; member: Member; items: readonly PresentItem[]; answer: Reply },
  today: Day,
  names: Directory,
): Reply {
  const { delivery, member, items, answer } = told;
  const waiting = items.filter(({ settled }) => settled === undefined);
  const movable = waiting.filter(({ sort }) => sort === 'followup').length;
  const text =
    waiting.length === 0
      ? rich`All seen to, ${member.name}. Thank you.`
      : rich`Hello ${member.name}. ${waiting.length} of ${items.length} still ${waiting.length === 1 ? 'waits' : 'wait'} for you.`;
  const card: Block[] = [
    { kind: 'text', text: answer.text },
    ...(answer.card ?? []),
    ...items.slice(0, SHOWN).map((item) => itemBlock(item, today, names)),
  ];
  const rest = Math.max(0, items.length - SHOWN);
  return {
    text,
    card: [...inBrief(card, delivery), ...foot({ delivery, rest, movable })],
    replaces: true,
  };
}

function itemBlock(item: PresentItem, today: Day, names: Directory): Block {
  if (item.settled) return settledNote(item, item.settled, today, names);
  if (item.sort === 'quiet') return quietRow({ ...item.row, nudgeOn: null }, today);
  if (item.sort === 'ask') return requestRow(item.row, today, names);
  return item.sort === 'raised'
    ? raisedRow(item.row, today, names)
    : followupRow(item.row, today, names);
}

const words: { readonly [settled in Settled]: string } = {
  done: 'Done',
  cancelled: 'Off the list',
  moved: 'Later',
  elsewhere: 'With somebody else',
  mine: 'Yours now',
  'in touch': 'In touch again',
};

/** What has been seen to stays in its place, without its buttons. */
function settledNote(item: PresentItem, settled: Settled, today: Day, names: Directory): Block {
  const { row } = item;
  const what =
    'title' in row
      ? settled === 'moved'
        ? followupLine(row, today, names, { owner: false })
        : rich`${bold(row.title)}`
      : rich`${bold(row.name)}${settled === 'moved' && row.nudgeOn !== null && rich` · ${day(row.nudgeOn)}`}`;
  return { kind: 'note', text: rich`${words[settled]}: ${what}` };
}
