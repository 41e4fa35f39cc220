import type { Day } from '../../day.ts';
import type { Directory } from '../../directory.ts';
import type { Block, Button, Reply } from '../../reply.ts';
import { bold, day, joined, type RichText, rich } from '../../rich-text.ts';
import { followupRow } from '../followups/cards.ts';
import type { Followup } from '../followups/store.ts';
import { contactText } from '../interactions/rules.ts';
import type { Interaction } from '../interactions/store.ts';
import type { Partnership } from '../settings/store.ts';
import { factsText, partnerButtons, quietText } from './cards.ts';
import type { Story } from './story.ts';

/** How many promises are shown each way. */
const PROMISES_SHOWN = 5;

/** Who looks, and when. `tied`: a member tied to the partner sees neither notes nor what was promised. */
export interface View {
  names: Directory;
  partnership: Partnership;
  today: Day;
  tied: boolean;
}

/** The whole story. */
export function storyCard(story: Story, view: View): Reply {
  const { partner, contacts } = story;
  const { names, partnership, today, tied } = view;
  return {
    text: rich`${bold(partner.name)} · ${factsText(partner, names, partnership)}`,
    card: [
      { kind: 'text', text: quietText(partner, today) },
      ...(contacts.length > 0 ? [heading('Last contacts')] : []),
      ...contactBlocks(story, partner, view),
      ...promiseBlocks(story.promises, view),
      ...(story.known.length > 0 ? [{ kind: 'text' as const, text: knownText(story, view) }] : []),
      ...(tied ? [tiedNote] : []),
      { kind: 'buttons', buttons: partnerButtons(partner) },
    ],
  };
}

/** The contacts before a day. */
export function earlierCard(
  partner: { id: string; name: string },
  page: Pick<Story, 'contacts' | 'earlier'>,
  view: View,
): Reply {
  if (page.contacts.length === 0)
    return { text: rich`Nothing earlier is noted about ${bold(partner.name)}.` };
  return {
    text: rich`Earlier with ${bold(partner.name)}:`,
    card: [...contactBlocks(page, partner, view), ...(view.tied ? [tiedNote] : [])],
  };
}

const tiedNote: Block = {
  kind: 'note',
  text: rich`You are tied to this partner, so notes and what was promised are not shown to you.`,
};

const heading = (text: string): Block => ({ kind: 'text', text: rich`${bold(text)}` });

function contactBlocks(
  { contacts, earlier }: Pick<Story, 'contacts' | 'earlier'>,
  partner: { id: string },
  view: View,
): Block[] {
  const see: Button = {
    label: 'See earlier',
    command: 'partner show',
    args: { with: `#${partner.id}`, before: earlier ?? '' },
  };
  return [
    ...contacts.map((contact): Block => ({ kind: 'text', text: contactLine(contact, view) })),
    ...(earlier === undefined ? [] : [{ kind: 'buttons' as const, buttons: [see] }]),
  ];
}

function contactLine(contact: Interaction, { names, today, tied }: View): RichText {
  const shown = tied ? { ...contact, note: null } : contact;
  return rich`${names.member(contact.by)?.name ?? 'Somebody'}: ${contactText(shown, today)}`;
}

function promiseBlocks(promises: readonly Followup[], view: View): Block[] {
  const ours = promises.filter((promise) => promise.ours);
  const theirs = promises.filter((promise) => !promise.ours);
  if (view.tied) return [...counted(ours, 'We owe them'), ...counted(theirs, 'They owe us')];
  return [...listed(ours, 'We promised', view), ...listed(theirs, 'They promised', view)];
}

function listed(promises: readonly Followup[], title: string, { names, today }: View): Block[] {
  if (promises.length === 0) return [];
  const more = promises.length - PROMISES_SHOWN;
  return [
    heading(title),
    // The story is about this partner: no need to name it in each line.
    ...promises
      .slice(0, PROMISES_SHOWN)
      .map((promise) => followupRow({ ...promise, partner: null }, today, names, { owner: true })),
    ...(more > 0 ? [{ kind: 'note' as const, text: rich`And ${more} more.` }] : []),
  ];
}

/** How many, and when the first is due: all that a tied member sees. */
function counted(promises: readonly Followup[], title: string): Block[] {
  const [first] = promises;
  if (!first) return [];
  const due = first.byDay && rich`, the first due ${day(first.byDay)}`;
  const things = promises.length === 1 ? '1 promise' : `${promises.length} promises`;
  return [{ kind: 'text', text: rich`${title} ${things}${due}.` }];
}

/** Who among us has been in touch, and whether it is one person alone. */
function knownText({ known, partial }: Story, { names }: View): RichText {
  const nameOf = (by: string) => names.member(by)?.name ?? 'somebody who has left';
  const [only] = known;
  if (only && known.length === 1 && !partial) {
    return rich`Only ${bold(nameOf(only.by))} has been in touch, last on ${day(only.day)}. It would help if somebody else met them too.`;
  }
  const each = known.map(({ by, day: last }) => rich`${nameOf(by)} (${day(last)})`);
  return rich`Who has been in touch: ${joined(each, ', ')}.`;
}
