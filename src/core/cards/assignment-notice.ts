import { counted, listText } from '../base/text.ts';
import { dayOf } from '../dates/day.ts';
import type { Delivery } from '../domain/deliveries/delivery.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { dueText } from '../domain/followups/rules.ts';
import { type Member, zoneOf } from '../domain/members/member.ts';
import type { Assigned } from '../domain/notices/assigned.ts';
import type { Partner } from '../domain/partners/partner.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { type RawArgs, REPLACE } from '../message/invocation.ts';
import type { Block, Button, Reply } from '../message/reply.ts';
import { bold, joined, member, type RichText, rich } from '../message/rich-text.ts';
import type { New } from '../ports/store.ts';
import { passedOn, passedOnBlock } from './by-hand-text.ts';
import { followupButtons, followupLine, repeatSentence } from './followup-row.ts';
import { handoverMessage, handoverRow, isHandoverRequest } from './handover-request.ts';
import { storyButton } from './partner-buttons.ts';

/** How many things one message names. It counts the rest. */
const MAX_NAMED = 5;

/** What one notice still says to its reader. */
export interface Assignment extends Assigned {
  /** For a handover the id of the member whose tasks it is about; else the id of what is assigned. */
  subject: string;
  /** The member who has given it; null for a request. */
  assignedBy: string | null;
}

interface CardContext {
  directory: Directory;
  partnership: Partnership;
  now: Date;
}

/**
 * The message that tells somebody what they were given, or asks them to take something on. One thing gets a sentence and
 * its buttons, several become a list.
 * @param assignments what one or several notices say, the oldest first.
 * @returns undefined if nothing is left to say.
 */
export function assignmentMessage(
  assignments: readonly Assignment[],
  reader: Member,
  context: CardContext,
): Reply | undefined {
  const all = withoutRepeats(assignments);
  const handovers = all.filter((one) => isHandoverRequest(one, context.directory));
  const others = all.filter((one) => !handovers.includes(one));
  const things = others.flatMap(({ followups, partners, assignedBy }) => [
    ...followups.map((followup) => ({ followup, assignedBy })),
    ...partners.map((partner) => ({ partner, assignedBy })),
  ]);
  const [only] = things;
  if (!only)
    return handovers.length > 0 ? handoverMessage(handovers, reader, context.directory) : undefined;
  if (things.length === 1 && handovers.length === 0) return thingCard(only, reader, context);
  const today = dayOf(context.now, zoneOf(reader, context.partnership));
  const rows = things
    .slice(0, MAX_NAMED)
    .map((thing) =>
      passedOnBlock(thingRow(thing, today, context.directory), ownerOf(thing, context), reader),
    );
  const left = things.slice(MAX_NAMED);
  return {
    text: headline(others, context),
    card: [
      ...handovers.map((one) => handoverRow(one, reader, context.directory)),
      ...rows,
      ...restBlocks(left),
    ],
  };
}

/** Each thing once: it may have been given back and given again. */
function withoutRepeats(assignments: readonly Assignment[]): Assignment[] {
  const seen = new Set<string>();
  const isFirst = ({ id }: { id: string }) => !seen.has(id) && seen.add(id);
  return assignments
    .toReversed()
    .map((one) => ({
      ...one,
      followups: one.followups.filter(isFirst),
      partners: one.partners.filter(isFirst),
    }))
    .filter(({ followups, partners }) => followups.length + partners.length > 0)
    .toReversed();
}

type Thing = { assignedBy: string | null } & (
  | { followup: Followup; partner?: never }
  | { partner: New<Partner>; followup?: never }
);

/** Who was given a thing, or is asked to take it on. */
function ownerOf(
  { assignedBy, followup, partner }: Thing,
  { directory }: CardContext,
): Member | undefined {
  const [asked, given] = followup
    ? [followup.asked, followup.who]
    : [partner.leadAsked, partner.lead];
  return directory.member((assignedBy === null ? asked : given) ?? '');
}

function thingCard(thing: Thing, reader: Member, context: CardContext): Reply {
  const card = ownThingCard(thing, reader, context);
  return { ...card, text: passedOn(card.text, ownerOf(thing, context), reader) };
}

function ownThingCard(thing: Thing, reader: Member, context: CardContext): Reply {
  const { directory } = context;
  const { assignedBy, followup, partner } = thing;
  const giver = directory.member(assignedBy ?? '');
  if (followup)
    return assignedBy === null
      ? followupRequest(followup, reader, context)
      : givenFollowup(followup, giver, reader, context);
  if (assignedBy === null) return leadRequest(partner, directory);
  const text = rich`${nameOf(giver)} has made you the lead for ${bold(partner.name)}: you keep in touch with them from now on.`;
  return { text, card: [{ kind: 'buttons', buttons: [storyButton(partner)] }] };
}

/** The facts of a follow-up in a sentence: `**send the plan** (Riverside Council), by Fri 27 Nov`. */
function factsOf(row: Followup, title: RichText, { directory }: CardContext): RichText {
  const partner = directory.partner(row.partner ?? '')?.name;
  const due = row.dueDay && rich`, by ${dueText({ day: row.dueDay, at: row.at })}`;
  return rich`${title}${partner && ` (${partner})`}${due}`;
}

/** The request to take on a follow-up. Its buttons replace it with the answer. */
function followupRequest(row: Followup, reader: Member, context: CardContext): Reply {
  const { directory, partnership, now } = context;
  const asker = directory.member(row.askedBy ?? '');
  const owner = directory.member(row.who ?? '');
  const repeats = repeatSentence(row, dayOf(now, zoneOf(reader, partnership)));
  const keeper = owner ? `${owner.name} keeps it` : 'Nobody has it';
  return {
    text: rich`${nameOf(asker)} asks: could you do this? ${factsOf(row, rich`"${row.title}"`, context)}.${repeats} ${keeper} unless you say yes.`,
    card: [{ kind: 'buttons', buttons: followupAnswers(row, { [REPLACE]: 'yes' }) }],
  };
}

export function followupAnswers({ id }: Followup, extra: RawArgs = {}): Button[] {
  const args = { which: `#${id}`, ...extra };
  return [
    { label: 'Yes', command: 'followup accept', args, style: 'primary' },
    { label: "Sorry, can't", command: 'followup decline', args },
  ];
}

function givenFollowup(
  row: Followup,
  giver: Member | undefined,
  reader: Member,
  context: CardContext,
): Reply {
  const repeats = repeatSentence(row, dayOf(context.now, zoneOf(reader, context.partnership)));
  const facts = factsOf(row, [bold(row.title)], context);
  const sentence = row.ours
    ? rich`${nameOf(giver)} has given you something to do: ${facts}.`
    : rich`${nameOf(giver)} asks you to keep an eye on a promise of theirs: ${facts}.`;
  return {
    text: rich`${sentence}${repeats}`,
    card: [{ kind: 'buttons', buttons: ownButtons(row, { [REPLACE]: 'yes' }) }],
  };
}

/** Done, Later, Ask someone else: without Log, which is for when it is done. */
const ownButtons = (row: Followup, extra?: RawArgs): Button[] =>
  followupButtons({ ...row, partner: null }, extra);

/** The request to lead a partner. Its buttons replace it with the answer. */
function leadRequest(partner: New<Partner>, directory: Directory): Reply {
  const asker = directory.member(partner.leadAskedBy ?? '');
  const lead = directory.member(partner.lead ?? '');
  const keeper = lead ? `${lead.name} leads it` : 'Nobody leads it';
  return {
    text: rich`${nameOf(asker)} asks: could you lead ${bold(partner.name)}, and keep in touch with them? ${keeper} unless you say yes.`,
    card: [{ kind: 'buttons', buttons: leadAnswers(partner, { [REPLACE]: 'yes' }) }],
  };
}

export function leadAnswers({ id }: Pick<Partner, 'id'>, extra: RawArgs = {}): Button[] {
  const args = { which: `#${id}`, ...extra };
  return [
    { label: 'Yes', command: 'lead accept', args, style: 'primary' },
    { label: "Sorry, can't", command: 'lead decline', args },
  ];
}

const nameOf = (one: Member | undefined): RichText => (one ? [member(one)] : rich`Somebody`);

/** One thing as a row of a list. The answers to its buttons leave the list as it is. */
function thingRow(
  { assignedBy, followup, partner }: Thing,
  today: string,
  directory: Directory,
): Block {
  if (followup) {
    const line = followupLine({ ...followup, asked: null }, today, directory, { owner: false });
    if (assignedBy !== null) return { kind: 'row', text: line, buttons: ownButtons(followup) };
    const asker = directory.member(followup.askedBy ?? '');
    const text = rich`${nameOf(asker)} asks: could you do this? ${line}`;
    return { kind: 'row', text, buttons: followupAnswers(followup) };
  }
  if (assignedBy !== null)
    return {
      kind: 'row',
      text: rich`${bold(partner.name)} · you lead it`,
      buttons: [storyButton(partner)],
    };
  return leadRequestRow(partner, directory);
}

/** The request to lead a partner as a row of a list. */
export function leadRequestRow(partner: New<Partner>, directory: Directory): Block {
  const asker = directory.member(partner.leadAskedBy ?? '');
  const text = rich`${nameOf(asker)} asks: could you lead ${bold(partner.name)}?`;
  return { kind: 'row', text, buttons: leadAnswers(partner) };
}

/** Who gave how much: `Grace has given you 2 things to do and 1 partner to lead. 1 request is waiting for you.` */
function headline(assignments: readonly Assignment[], { directory }: CardContext): RichText {
  const givers = new Set(assignments.flatMap(({ assignedBy }) => assignedBy ?? []));
  const sentences = [...givers].map((giver) => {
    const given = assignments.filter(({ assignedBy }) => assignedBy === giver);
    const promises = given.flatMap(({ followups }) => followups).length;
    const led = given.flatMap(({ partners }) => partners).length;
    const parts = [
      promises > 0 && `${counted(promises, 'thing')} to do`,
      led > 0 && `${counted(led, 'partner')} to lead`,
    ].filter((part) => part !== false);
    return rich`${nameOf(directory.member(giver))} has given you ${listText(parts, 'and')}.`;
  });
  const requests = assignments
    .filter(({ assignedBy }) => assignedBy === null)
    .flatMap(({ followups, partners }) => [...followups, ...partners]).length;
  const are = requests === 1 ? 'is' : 'are';
  if (requests > 0) sentences.push(rich`${counted(requests, 'request')} ${are} waiting for you.`);
  return joined(sentences);
}

/** What the list has no room for, and where it is. */
function restBlocks(left: readonly Thing[]): Block[] {
  if (left.length === 0) return [];
  const buttons: Button[] = [
    ...(left.some(({ followup }) => followup) ? [seeMineButton] : []),
    ...(left.some(({ partner }) => partner) ? [partnersButton] : []),
  ];
  return [
    { kind: 'note', text: rich`And ${left.length} more.` },
    { kind: 'buttons', buttons },
  ];
}

const seeMineButton: Button = { label: 'See mine', command: 'today', args: {} };
const partnersButton: Button = {
  label: 'See the partners I lead',
  command: 'partner list',
  args: { mine: 'yes' },
};

/** What a ledger row says, with what is left of it. */
export function assignmentOf(
  { subject, awaited, assignedBy }: Pick<Delivery, 'subject' | 'awaited' | 'assignedBy'>,
  assigned: Assigned,
): Assignment {
  return { ...assigned, subject, assignedBy: awaited ? null : (assignedBy ?? null) };
}
