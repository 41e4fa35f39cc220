import { dayOf } from '../../dates/day.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { Digest } from '../../domain/digests/digest.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Block, Reply } from '../../message/reply.ts';
import {
  bold,
  day,
  joined,
  member as mention,
  type RichText,
  rich,
} from '../../message/rich-text.ts';
import { briefNow, briefRule } from './brief-rules.ts';
import { whyButton } from './button.ts';
import type { Item } from './read.ts';
import { type Asker, digestRule, maySee, outcomeText, promiseRule, quietRule } from './rules.ts';

/** How many things of a brief are explained one by one. */
const EXPLAINED = 10;

const text = (words: RichText): Block => ({ kind: 'text', text: words });
const note = (words: RichText): Block => ({ kind: 'note', text: words });

/** A message in a few words: which sort, and of which day. */
function messageName(row: Delivery, { zone, today }: Asker): RichText {
  const when = dayOf(row.createdAt, zone);
  const on = when === today ? rich`today` : rich`on ${day(when)}`;
  const names: { readonly [kind: string]: string } = {
    reminder: 'A reminder',
    brief: 'A brief',
    digest: row.subject.startsWith('monthly') ? 'The monthly digest' : 'The weekly digest',
    notice: row.awaited ? 'A request' : 'A message',
  };
  return rich`${bold(names[row.kind] ?? 'A message')} ${on}`;
}

/** The last messages owed to somebody, and how things stand with their brief. */
export function owedCard(
  owner: Member,
  rows: readonly Delivery[],
  known: Delivery | undefined,
  asker: Asker,
): Reply {
  const rule = joined([briefRule(owner, asker), briefNow(owner, known, asker)]);
  const own = owner.id === asker.member.id;
  const whom = own ? rich`you` : [mention(owner)];
  if (rows.length === 0) return { text: rich`I have owed ${whom} no message so far. ${rule}` };
  return {
    text: rich`${rule} The last messages I owed ${whom}:`,
    card: rows.map((row) => messageRow(row, asker)),
  };
}

function messageRow(row: Delivery, asker: Asker): Block {
  const words = rich`${messageName(row, asker)}: ${outcomeText(row, asker)}`;
  return { kind: 'row', text: words, buttons: [whyButton(row.id)] };
}

/** Messages about one thing, to whomever they went; what was for others has no more to say. */
function historyRows(rows: readonly Delivery[], asker: Asker): Block[] {
  return rows.map((row) => {
    const others = row.kind !== 'digest' && row.recipient !== asker.member.id;
    const to = others && ` to ${asker.names.member(row.recipient)?.name ?? 'somebody'}`;
    const words = rich`${messageName(row, asker)}${to}: ${outcomeText(row, asker)}`;
    return maySee(row, asker.member)
      ? { kind: 'row', text: words, buttons: [whyButton(row.id)] }
      : text(words);
  });
}

/** One message: what was owed, from which rule, what it told of, and how it fared. */
export function messageCard(
  row: Delivery,
  rule: RichText | undefined,
  items: readonly Item[],
  asker: Asker,
): Reply {
  const lines = items.slice(0, EXPLAINED).map((item) => text(itemText(item, asker)));
  const more = items.length - EXPLAINED;
  const whom =
    row.kind !== 'digest' &&
    row.recipient !== asker.member.id &&
    rich`, to ${asker.names.member(row.recipient)?.name ?? 'somebody'}`;
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
  if (item.sort === 'quiet') return quietRule(item.row, asker);
  const { state } = item.row;
  const since = { open: '', done: ' It is done by now.', cancelled: ' It is off the list by now.' };
  return rich`${promiseRule(item.row, asker)}${since[state]}`;
}

/** A follow-up: what was promised, when somebody hears of it next, and what has gone out. */
export function followupCard(
  row: Followup,
  next: RichText,
  history: readonly Delivery[],
  asker: Asker,
): Reply {
  const none = note(rich`No message about it has gone out to you so far.`);
  return {
    text: rich`${promiseRule(row, asker)} ${next}`,
    card: history.length > 0 ? historyRows(history, asker) : [none],
  };
}

/** The digests: when each is posted, and how the last one fared. */
export function digestsCard(
  rows: readonly { digest: Digest; last: Delivery | undefined }[],
  asker: Asker,
): Reply {
  if (rows.length === 0)
    return { text: rich`No digest was ever scheduled. A coordinator can: digest schedule.` };
  return {
    text: rich`A digest is posted only when there is something to say, or a long silence.`,
    card: rows.flatMap(({ digest, last }) => [
      text(digestRule(digest, asker)),
      ...(last ? [messageRow(last, asker)] : []),
    ]),
  };
}

/** A partner: from which rule it goes quiet, who hears of it when, and the briefs that told of it. */
export function partnerCard(
  rule: RichText,
  partner: Partner,
  history: readonly Delivery[],
  asker: Asker,
): Reply {
  const show = { label: 'Show', command: 'partner show', args: { with: `#${partner.id}` } };
  return {
    text: rule,
    card: [...historyRows(history, asker), { kind: 'buttons', buttons: [show] }],
  };
}
