import { followupLine, followupRow } from '../../cards/followup-row.ts';
import { quietRow } from '../../cards/quiet-row.ts';
import type { Day } from '../../dates/day.ts';
import { countOf, type Items } from '../../domain/briefs/gather.ts';
import { fewerButton } from '../../domain/deliveries/fewer-button.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { BRIEF } from '../../message/invocation.ts';
import { type Block, type Button, mapButtons, type Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { lateRow, raisedRow } from './escalation-cards.ts';

/** How many things a brief shows before it folds the rest. */
export const SHOWN = 3;
/** How many things one page of the overview shows. */
const PAGE = 8;

/**
 * The brief of one member: the most pressing first, three of them, the rest behind a button.
 * @param delivery its id in the ledger, which its buttons carry, so that their answers are told in it.
 */
export function briefCard(
  { member, items, delivery }: { member: Member; items: Items; delivery: string },
  today: Day,
  names: Directory,
): Reply {
  const shown = blocksOf(items, today, names).slice(0, SHOWN);
  const rest = Math.max(0, countOf(items) - SHOWN);
  const movable = items.late.length + items.due.length;
  return {
    text: rich`Hello ${member.name}. ${headline(items)}`,
    card: [...inBrief(shown, delivery), ...foot({ delivery, rest, movable })],
  };
}

/** The brief with what did not fit into the week before: the sentences of messages that were held back. */
export function withMeanwhile(brief: Reply, held: readonly Reply[]): Reply {
  const blocks = held.map(({ text }): Block => ({ kind: 'text', text: rich`Meanwhile: ${text}` }));
  return { ...brief, card: [...blocks, ...(brief.card ?? [])] };
}

/** Blocks whose buttons are told in the brief they stand in. */
export function inBrief(blocks: readonly Block[], delivery: string): readonly Block[] {
  const told = (button: Button) => ({ ...button, args: { ...button.args, [BRIEF]: delivery } });
  return mapButtons({ text: [], card: blocks }, told).card ?? [];
}

/** What stands under a brief: for all of it, and for all briefs. `movable`: how many follow-ups wait in it. */
export function foot(brief: { delivery: string; rest: number; movable: number }): Block[] {
  const { delivery, rest, movable } = brief;
  const see = { label: `See the rest (${rest})`, command: 'today', args: {} };
  const told = { [BRIEF]: delivery };
  const move = { label: 'Move all to…', command: 'today move', args: told };
  const out = { label: 'Not in today', command: 'today off', args: told };
  const buttons = [...(rest > 0 ? [see] : []), ...(movable > 1 ? [move] : []), out, fewerButton];
  return [{ kind: 'buttons', buttons }];
}

/**
 * Everything that is one member's, unfolded, a page at a time: what they see when they ask.
 * @param glance what stands beneath the first page.
 */
export function overviewCard(
  items: Items,
  { page, glance }: { page: number; glance: readonly Block[] },
  today: Day,
  names: Directory,
): Reply {
  if (countOf(items) === 0) {
    return { text: rich`Nothing is waiting for you. Enjoy the day.`, card: glance };
  }
  const blocks = blocksOf(items, today, names);
  const shown = blocks.slice((page - 1) * PAGE, page * PAGE);
  if (shown.length === 0) return { text: rich`That was the last of it.` };
  const left = blocks.length - page * PAGE;
  const more = { label: `More (${left})`, command: 'today', args: { page: `${page + 1}` } };
  return {
    text: page === 1 ? headline(items) : rich`Also waiting for you:`,
    card: [
      ...shown,
      ...(left > 0 ? [{ kind: 'buttons' as const, buttons: [more] }] : []),
      ...glance,
    ],
  };
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

/** A request to take something on, and the two answers to it. */
export function requestRow(row: Followup, today: Day, names: Directory): Block {
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
