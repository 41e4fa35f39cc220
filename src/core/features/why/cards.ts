import { storyButton } from '../../cards/partner-buttons.ts';
import { dayOf } from '../../dates/day.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { Digest } from '../../domain/digests/digest.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import {
  bold,
  commandText,
  day,
  joined,
  member as mention,
  type RichText,
  rich,
} from '../../message/rich-text.ts';
import { briefRuleText, briefStatusText } from './brief-rules.ts';
import type { Item } from './read.ts';
import {
  type Asker,
  digestRuleText,
  maySee,
  outcomeText,
  promiseText,
  quietRuleText,
} from './rules.ts';

/** How many items of a brief are explained. */
const MAX_ITEMS_EXPLAINED = 10;

const text = (words: RichText): Block => ({ kind: 'text', text: words });
const note = (words: RichText): Block => ({ kind: 'note', text: words });

/** A message in a few words: its kind and its day. */
function messageName(row: Delivery, { zone, today }: Asker): RichText {
  const when = dayOf(row.createdAt, zone);
  const on = when === today ? rich`today` : rich`on ${day(when)}`;
  const names: { readonly [kind: string]: string } = {
    reminder: 'A reminder',
    brief: 'A brief',
    digest: row.subject.startsWith('monthly') ? 'The monthly digest' : 'The weekly digest',
    notice: row.awaited ? 'A request' : 'A message',
    file: 'A file',
  };
  return rich`${bold(names[row.kind] ?? 'A message')} ${on}`;
}

/** The last messages to a member, and what is known about their next brief. */
export function memberMessagesCard(
  owner: Member,
  rows: readonly Delivery[],
  known: Delivery | undefined,
  asker: Asker,
): Reply {
  const rules = [briefRuleText(owner, asker), briefStatusText(owner, known, asker)];
  const rule = joined(rules.filter((text) => text.length > 0));
  const own = owner.id === asker.member.id;
  const whom = own ? rich`you` : [mention(owner)];
  if (rows.length === 0)
    return { text: rich`I haven't needed to send ${whom} anything yet. ${rule}` };
  return {
    text: rich`${rule} My last messages to ${whom}:`,
    card: rows.map((row) => messageRow(row, asker)),
  };
}

function messageRow(row: Delivery, asker: Asker): Block {
  const words = rich`${messageName(row, asker)}: ${outcomeText(row, asker)}`;
  return { kind: 'row', text: words, buttons: [whyButton(row.id)] };
}

/** Messages about one thing. Those to other members have no Why button, unless a coordinator looks. */
function historyRows(rows: readonly Delivery[], asker: Asker): Block[] {
  return rows.map((row) => {
    const others = row.kind !== 'digest' && row.recipient !== asker.member.id;
    const to = others && ` to ${asker.directory.member(row.recipient)?.name ?? 'somebody'}`;
    const words = rich`${messageName(row, asker)}${to}: ${outcomeText(row, asker)}`;
    return maySee(row, asker.member)
      ? { kind: 'row', text: words, buttons: [whyButton(row.id)] }
      : text(words);
  });
}

/** One message: by which rule it came, what was in it, and whether it was sent. */
export function messageCard(
  row: Delivery,
  rule: RichText | undefined,
  items: readonly Item[],
  asker: Asker,
): Reply {
  const lines = items.slice(0, MAX_ITEMS_EXPLAINED).map((item) => text(itemText(item, asker)));
  const more = items.length - MAX_ITEMS_EXPLAINED;
  const whom =
    row.kind !== 'digest' &&
    row.recipient !== asker.member.id &&
    rich`, to ${asker.directory.member(row.recipient)?.name ?? 'somebody'}`;
  return {
    text: rich`${messageName(row, asker)}${whom}. ${outcomeText(row, asker)}`,
    card: [
      ...(rule ? [text(rule)] : []),
      ...lines,
      ...(more > 0 ? [note(rich`And ${more} more in it.`)] : []),
    ],
  };
}

function itemText(item: Item, asker: Asker): RichText {
  if (item.kind === 'quiet') return quietRuleText(item.row, asker);
  const { state } = item.row;
  const since = { open: '', done: " It's done now.", cancelled: " It's off the list now." };
  return rich`${promiseText(item.row, asker)}${since[state]}`;
}

/** A follow-up: what was promised, when it is mentioned next, and the messages about it. */
export function followupCard(
  row: Followup,
  next: RichText,
  history: readonly Delivery[],
  asker: Asker,
): Reply {
  const none = note(rich`I haven't sent you a message about it yet.`);
  return {
    text: rich`${promiseText(row, asker)} ${next}`,
    card: history.length > 0 ? historyRows(history, asker) : [none],
  };
}

/** The digests: when each is posted, and whether the last one was. */
export function digestsCard(
  rows: readonly { digest: Digest; last: Delivery | undefined }[],
  asker: Asker,
): Reply {
  if (rows.length === 0)
    return {
      text: rich`No digest was ever scheduled. A coordinator can start one with ${commandText('digest schedule')}.`,
    };
  return {
    text: rich`A digest is posted only when there is something to say, or after a long silence.`,
    card: rows.flatMap(({ digest, last }) => [
      text(digestRuleText(digest, asker)),
      ...(last ? [messageRow(last, asker)] : []),
    ]),
  };
}

/** A partner: by which rule it goes quiet, who hears of it when, and the briefs that mentioned it. */
export function partnerCard(
  rule: RichText,
  partner: Partner,
  history: readonly Delivery[],
  asker: Asker,
): Reply {
  return {
    text: rule,
    card: [...historyRows(history, asker), { kind: 'buttons', buttons: [storyButton(partner)] }],
  };
}

/** Asks why something was sent or not. @param id of a delivery, a follow-up or a partner */
function whyButton(id: string): Button {
  return { label: 'Why?', command: 'why', args: { which: `#${id}` } };
}

/** The message with the button Why? added to its last row of buttons. */
export function withWhy(reply: Reply, delivery: string): Reply {
  const card = reply.card ?? [];
  const last = card.at(-1);
  const buttons = last?.kind === 'buttons' ? last.buttons : [];
  const row: Block = { kind: 'buttons', buttons: [...buttons, whyButton(delivery)] };
  return { ...reply, card: [...(last?.kind === 'buttons' ? card.slice(0, -1) : card), row] };
}
