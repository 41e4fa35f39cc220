import { contactText } from '../../cards/contact-text.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import { partnerButtons } from './cards.ts';
import { factsText, quietText } from './facts.ts';
import { promiseBlocks } from './promises.ts';
import type { Story } from './story.ts';
import { heading, type View } from './view.ts';

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

function contactLine(contact: Contact, { names, today, tied }: View): RichText {
  const shown = tied ? { ...contact, note: null } : contact;
  return rich`${names.member(contact.by)?.name ?? 'Somebody'}: ${contactText(shown, today)}`;
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
