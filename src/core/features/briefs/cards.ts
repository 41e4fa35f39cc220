import { counted } from '../../base/text.ts';
import { passedOnBlock } from '../../cards/by-hand-text.ts';
import { followupButtons, followupLine, followupRow } from '../../cards/followup-row.ts';
import { quietRow } from '../../cards/quiet-row.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import type { WorkingWeek } from '../../dates/working-days.ts';
import { type BriefItem, listItems } from '../../domain/briefs/brief-items.ts';
import { type BriefItems, countItems, countQuiet } from '../../domain/briefs/gather.ts';
import {
  contactOfLead,
  type LeadSilence,
  silenceOfLead,
} from '../../domain/briefs/quiet-readers.ts';
import { fewerButton } from '../../domain/deliveries/enqueue-notice.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { BRIEF } from '../../message/invocation.ts';
import { type Block, type Button, mapButtons, type Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { chaseRow, comingEscalation, escalatedChaseRow } from './chase-row.ts';

/** How many items one page of the overview shows. */
export const OVERVIEW_PAGE_SIZE = 8;

/** What the texts of a brief depend on, besides its items. */
export interface BriefContext {
  today: Day;
  directory: Directory;
  partnership: WorkingWeek;
  /** The reader is on leave or just back: nothing is called late. */
  isBack: boolean;
}

/**
 * The brief of one member: what is new and what presses most, with a button for the rest.
 * @param delivery its id in the ledger. Its buttons carry the id, so that their answers appear in the brief.
 */
export function briefCard(
  brief: {
    member: Member;
    items: BriefItems;
    shown: readonly BriefItem[];
    delivery: string;
    /** Whether it has everything. Otherwise there can be more late things than those in it. */
    isWhole: boolean;
  },
  context: BriefContext,
): Reply {
  const { member, items, shown, delivery, isWhole } = brief;
  const blocks = shown.map((item) => itemBlock(item, member, context));
  const rest = countItems(items) - shown.length;
  const movable = items.late.length + items.due.length;
  const hello = context.isBack ? rich`Welcome back, ${member.name}.` : rich`Hello ${member.name}.`;
  return {
    text: rich`${hello} ${headline(items, member, { ...context, isWhole })}`,
    card: [...withBriefButtons(blocks, delivery), ...briefFooter({ delivery, rest, movable })],
  };
}

/** The brief with what notices say that the weekly cap held back. */
export function withHeldNotices(brief: Reply, held: readonly Block[]): Reply {
  return { ...brief, card: [...held, ...(brief.card ?? [])] };
}

/** The brief with rows about what is no task, above its own buttons. */
export function withMoreRows(brief: Reply, rows: readonly Block[]): Reply {
  const card = brief.card ?? [];
  return { ...brief, card: [...card.slice(0, -1), ...rows, ...card.slice(-1)] };
}

/** A brief that only asks whether meetings took place. */
export function meetingsBrief({ name }: Pick<Member, 'name'>, rows: readonly Block[]): Reply {
  const text = rich`Hello ${name}. ${rows.length === 1 ? 'One question' : 'Two questions'}, and nothing else today.`;
  return { text, card: [...rows, { kind: 'buttons', buttons: [fewerButton] }] };
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
 * @param questions about meetings, on the first page. @param glance the blocks below it.
 */
export function overviewCard(
  items: BriefItems,
  {
    member,
    page,
    questions,
    glance,
  }: { member: Member; page: number; questions: readonly Block[]; glance: readonly Block[] },
  context: BriefContext,
): Reply {
  if (countItems(items) === 0) {
    const text =
      questions.length > 0
        ? rich`Nothing is due. I only wonder about this:`
        : rich`Nothing is waiting for you. Enjoy the day.`;
    return { text, card: [...questions, ...glance] };
  }
  const end = page * OVERVIEW_PAGE_SIZE;
  const shown = listItems(items).slice(end - OVERVIEW_PAGE_SIZE, end);
  if (shown.length === 0) return { text: rich`That's everything.` };
  const left = countItems(items) - end;
  const more = { label: `More (${left})`, command: 'today', args: { page: `${page + 1}` } };
  return {
    text:
      page === 1
        ? headline(items, member, { ...context, isWhole: true })
        : rich`Also waiting for you:`,
    card: [
      ...shown.map((item) => itemBlock(item, member, context)),
      ...(left > 0 ? [{ kind: 'buttons' as const, buttons: [more] }] : []),
      ...questions,
      ...glance,
    ],
  };
}

/** An item as a row with its buttons. @param reader who reads it, or passes it on */
export function itemBlock(
  item: BriefItem,
  reader: Pick<Member, 'id'>,
  context: BriefContext,
): Block {
  const block = ownItemBlock(item, reader, context);
  if (item.kind === 'quiet' || item.kind === 'escalated') return block;
  const owner = item.kind === 'asked' ? item.row.asked : item.row.who;
  return passedOnBlock(block, context.directory.member(owner ?? ''), reader);
}

function ownItemBlock(item: BriefItem, reader: Pick<Member, 'id'>, context: BriefContext): Block {
  const { today, directory } = context;
  switch (item.kind) {
    case 'late':
      return lateRow(item.row, context);
    case 'chase':
      return chaseRow(item.row, context);
    case 'asked':
      return requestRow(item.row, today, directory);
    case 'due':
      return followupRow(item.row, today, directory);
    case 'escalated':
      return item.row.ours || item.row.who === null
        ? escalatedRow(item.row, today, directory)
        : escalatedChaseRow(item.row, directory);
    case 'quiet':
      return quietItemRow(item.row, reader, context);
  }
}

/** A quiet partner. If its lead does not hear of it, the row tells others why they do. */
function quietItemRow(
  partner: Partner,
  reader: Pick<Member, 'id'>,
  { today, directory }: BriefContext,
): Block {
  const row = quietRow(partner, today);
  const lead = directory.member(partner.lead ?? '');
  const contact = contactOfLead(partner.lead, directory);
  if (contact?.id === reader.id) return passedOnBlock(row, lead, reader);
  const silence = lead && silenceOfLead(contact, today);
  if (!lead || !silence || row.kind !== 'row') return row;
  return { ...row, text: rich`${row.text}. ${silenceText(lead, silence)}` };
}

/** Why the lead of a partner does not hear that it is quiet, in a sentence. */
function silenceText(lead: Member, silence: LeadSilence): RichText {
  const { name, pausedUntil } = lead;
  if (silence === 'lead has left') return rich`${name} led it, and has left.`;
  if (silence === 'lead cannot be reached') return rich`${name} leads it, and I can't reach them.`;
  if (silence === 'briefs are off') return rich`${name} leads it, and gets no briefs.`;
  if (silence === 'dated things only')
    return rich`${name} leads it, and hears only of things with a date.`;
  return rich`${name} leads it, and is away until ${pausedUntil && day(pausedUntil)}.`;
}

/** What is waiting, in one sentence: `1 thing is late, and 2 things are due tomorrow.` */
function headline(
  items: BriefItems,
  member: Pick<Member, 'id'>,
  { today, isBack, isWhole }: Pick<BriefContext, 'today' | 'isBack'> & { isWhole: boolean },
): RichText {
  const { late, chase, asked, due, escalated } = items;
  const parts = [
    lateText(late.length, { isBack, isWhole }),
    headlinePart(
      chase.length,
      "thing promised to us hasn't come yet",
      "things promised to us haven't come yet",
    ),
    headlinePart(asked.length, 'request is waiting for you', 'requests are waiting for you'),
    dueText(due, today),
    headlinePart(escalated.length, 'thing needs a hand', 'things need a hand'),
    quietText(items, member),
  ].filter((part) => part !== '');
  const last = parts.pop();
  if (last === undefined) return rich`Here are the messages I held back last week.`;
  const text = parts.length === 0 ? last : `${parts.join(', ')}, and ${last}`;
  return rich`${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** After leave nothing is called late. A brief that has not everything does not say how many there are in all. */
function lateText(count: number, { isBack, isWhole }: { isBack: boolean; isWhole: boolean }) {
  if (!isWhole)
    return isBack
      ? headlinePart(count, 'thing that waited needs a look', 'things that waited need a look')
      : headlinePart(count, 'late thing needs a look', 'late things need a look');
  return isBack
    ? headlinePart(count, 'thing has waited for you', 'things have waited for you')
    : headlinePart(count, 'thing is late', 'things are late');
}

function dueText(due: BriefItems['due'], today: Day): string {
  const days = new Set(due.map(({ dueDay }) => dueDay));
  const tomorrow = addToDay(today, { days: 1 });
  const when =
    days.size > 1 ? '' : days.has(today) ? 'today' : days.has(tomorrow) ? 'tomorrow' : '';
  return when === ''
    ? headlinePart(due.length, 'thing is due soon', 'things are due soon')
    : headlinePart(due.length, `thing is due ${when}`, `things are due ${when}`);
}

function quietText(items: BriefItems, { id }: Pick<Member, 'id'>): string {
  const count = countQuiet(items);
  if (count === 0) return '';
  const partners = count === 1 ? 'one partner' : `${count} partners`;
  const isOthers = items.quiet.some(({ lead }) => lead !== id);
  if (!isOthers) return `you haven't spoken to ${partners} for a while`;
  return `${partners} ${count === 1 ? 'has' : 'have'} gone quiet`;
}

/** A part of the headline; empty if there is nothing of it. */
function headlinePart(count: number, one: string, many: string): string {
  return count === 0 ? '' : counted(count, one, many);
}

/** A request to take on a follow-up, with the buttons to answer it. */
function requestRow(row: Followup, today: Day, directory: Directory): Block {
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
function lateRow(row: Followup, context: BriefContext): Block {
  const { today, directory } = context;
  const escalatesOn = comingEscalation(row, context);
  if (!escalatesOn) return followupRow(row, today, directory);
  const line = followupLine(row, today, directory, { owner: false });
  return {
    kind: 'row',
    text: rich`${line}. If it is still open on ${day(escalatesOn)}, I'll tell the coordinators.`,
    buttons: followupButtons(row),
  };
}

/** A follow-up in a coordinator's brief: long overdue, or without an owner. It blames nobody. */
function escalatedRow(row: Followup, today: Day, directory: Directory): Block {
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
