import { followupButtons, followupLine, followupRow } from '../../cards/followup-row.ts';
import { quietRow } from '../../cards/quiet-row.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { type BriefItems, countItems, countQuiet } from '../../domain/briefs/gather.ts';
import { fewerButton } from '../../domain/deliveries/enqueue-notice.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { hasOtherCoordinator } from '../../domain/followups/escalation.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { BRIEF } from '../../message/invocation.ts';
import { type Block, type Button, mapButtons, type Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';

/** How many items a brief shows. A button leads to the rest. */
export const MAX_ITEMS_SHOWN = 3;
/** How many items one page of the overview shows. */
export const OVERVIEW_PAGE_SIZE = 8;

/**
 * The brief of one member. It shows the three most pressing items, with a button for the rest.
 * @param delivery its id in the ledger. Its buttons carry the id, so that their answers appear in the brief.
 */
export function briefCard(
  { member, items, delivery }: { member: Member; items: BriefItems; delivery: string },
  today: Day,
  directory: Directory,
): Reply {
  const shown = itemBlocks(items, 0, MAX_ITEMS_SHOWN, today, directory);
  const rest = Math.max(0, countItems(items) - MAX_ITEMS_SHOWN);
  const movable = items.late.length + items.due.length;
  return {
    text: rich`Hello ${member.name}. ${headline(items, today)}`,
    card: [...withBriefButtons(shown, delivery), ...briefFooter({ delivery, rest, movable })],
  };
}

/** The brief with the texts of notices that the weekly cap held back. */
export function withHeldNotices(brief: Reply, held: readonly Reply[]): Reply {
  const blocks = held.map(({ text }): Block => ({ kind: 'text', text: rich`Also: ${text}` }));
  return { ...brief, card: [...blocks, ...(brief.card ?? [])] };
}

/** The blocks with buttons that show their answer in the brief itself. */
export function withBriefButtons(blocks: readonly Block[], delivery: string): readonly Block[] {
  const inBrief = (button: Button) => ({ ...button, args: { ...button.args, [BRIEF]: delivery } });
  return mapButtons({ text: [], card: blocks }, inBrief).card ?? [];
}

/** The buttons below a brief. @param brief movable: how many open follow-ups are in it */
export function briefFooter(brief: { delivery: string; rest: number; movable: number }): Block[] {
  const { delivery, rest, movable } = brief;
  const see = { label: `See the rest (${rest})`, command: 'today', args: {} };
  const args = { [BRIEF]: delivery };
  const move = { label: 'Move all to…', command: 'today move', args };
  const off = { label: "I'm not in today", command: 'today off', args };
  const buttons = [...(rest > 0 ? [see] : []), ...(movable > 1 ? [move] : []), off, fewerButton];
  return [{ kind: 'buttons', buttons }];
}

/**
 * Everything that is waiting for one member, a page at a time.
 * @param glance the blocks below the first page.
 */
export function overviewCard(
  items: BriefItems,
  { page, glance }: { page: number; glance: readonly Block[] },
  today: Day,
  directory: Directory,
): Reply {
  if (countItems(items) === 0) {
    return { text: rich`Nothing is waiting for you. Enjoy the day.`, card: glance };
  }
  const end = page * OVERVIEW_PAGE_SIZE;
  const shown = itemBlocks(items, end - OVERVIEW_PAGE_SIZE, end, today, directory);
  if (shown.length === 0) return { text: rich`That's everything.` };
  const left = countItems(items) - end;
  const more = { label: `More (${left})`, command: 'today', args: { page: `${page + 1}` } };
  return {
    text: page === 1 ? headline(items, today) : rich`Also waiting for you:`,
    card: [
      ...shown,
      ...(left > 0 ? [{ kind: 'buttons' as const, buttons: [more] }] : []),
      ...glance,
    ],
  };
}

/** The items from one index up to another, in the order of a brief. */
function itemBlocks(
  items: BriefItems,
  from: number,
  end: number,
  today: Day,
  directory: Directory,
): Block[] {
  const blocks = [
    ...items.late.map((row) => () => lateRow(row, today, directory)),
    ...items.asked.map((row) => () => requestRow(row, today, directory)),
    ...items.due.map((row) => () => followupRow(row, today, directory)),
    ...items.escalated.map((row) => () => escalatedRow(row, today, directory)),
    ...items.quiet.map((partner) => () => quietRow(partner, today)),
  ];
  return blocks.slice(from, end).map((block) => block());
}

/** What is waiting, in one sentence: `1 thing is late, and 2 things are due tomorrow.` */
function headline(items: BriefItems, today: Day): RichText {
  const { late, asked, due, escalated } = items;
  const quiet = countQuiet(items);
  const parts = [
    counted(late.length, 'thing is late', 'things are late'),
    counted(asked.length, 'request is waiting for you', 'requests are waiting for you'),
    dueText(due, today),
    counted(escalated.length, 'thing needs a hand', 'things need a hand'),
    quietText(quiet),
  ].filter((part) => part !== '');
  const last = parts.pop();
  if (last === undefined) return rich`Here are the messages I held back last week.`;
  const text = parts.length === 0 ? last : `${parts.join(', ')}, and ${last}`;
  return rich`${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function dueText(due: BriefItems['due'], today: Day): string {
  const days = new Set(due.map(({ dueDay }) => dueDay));
  const tomorrow = addToDay(today, { days: 1 });
  const when =
    days.size > 1 ? '' : days.has(today) ? 'today' : days.has(tomorrow) ? 'tomorrow' : '';
  return when === ''
    ? counted(due.length, 'thing is due soon', 'things are due soon')
    : counted(due.length, `thing is due ${when}`, `things are due ${when}`);
}

function quietText(count: number): string {
  if (count === 0) return '';
  return `you haven't spoken to ${count === 1 ? 'one partner' : `${count} partners`} for a while`;
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}

/** A request to take on a follow-up, with the buttons to answer it. */
export function requestRow(row: Followup, today: Day, directory: Directory): Block {
  const asker = directory.member(row.askedBy ?? '')?.name ?? 'Somebody';
  const which = `#${row.id}`;
  return {
    kind: 'row',
    text: rich`${bold(asker)} asks: could you do this? ${followupLine({ ...row, asked: null }, today, directory, { owner: false })}`,
    buttons: [
      { label: 'Yes', command: 'followup accept', args: { which }, style: 'primary' },
      { label: "Sorry, can't", command: 'followup decline', args: { which } },
    ],
  };
}

/** A late follow-up in its owner's brief. It says so if the coordinators will soon be told. */
function lateRow(row: Followup, today: Day, directory: Directory): Block {
  if (row.escalateOn === null || row.escalateOn <= today || !hasOtherCoordinator(row, directory))
    return followupRow(row, today, directory);
  const line = followupLine(row, today, directory, { owner: false });
  return {
    kind: 'row',
    text: rich`${line}. If it is still open on ${day(row.escalateOn)}, I'll tell the coordinators.`,
    buttons: followupButtons(row),
  };
}

/** A follow-up in a coordinator's brief: long overdue, or without an owner. It blames nobody. */
export function escalatedRow(row: Followup, today: Day, directory: Directory): Block {
  const line = followupLine(row, today, directory, { owner: true });
  const args = { which: `#${row.id}` };
  return {
    kind: 'row',
    text: row.who === null ? rich`Nobody has this yet: ${line}` : rich`Needs a hand: ${line}`,
    buttons: [
      { label: 'Ask someone else', command: 'followup ask', args, style: 'primary' },
      { label: 'Later', command: 'followup later', args },
      { label: 'Done', command: 'followup done', args },
    ],
  };
}
