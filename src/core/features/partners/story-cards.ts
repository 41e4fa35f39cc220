import { contactText } from '../../cards/contact-text.ts';
import { followupRow } from '../../cards/followup-row.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import type { Day } from '../../dates/day.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { isSameMember } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  type Viewer,
} from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import { partnerButtons } from './cards.ts';
import { factsText, quietText } from './facts.ts';
import type { PartnerStory } from './story.ts';

/** The whole story. */
export function storyCard(story: PartnerStory, view: StoryView): Reply {
  const { partner, contacts } = story;
  const { directory, partnership, today, tied } = view;
  return {
    text: rich`${bold(partner.name)} · ${factsText(partner, directory, partnership)}`,
    card: [
      { kind: 'text', text: quietText(partner, today) },
      ...(contacts.length > 0 ? [heading('Last contacts')] : []),
      ...contactBlocks(story, partner, view),
      ...promiseBlocks(story.promises, view),
      ...(story.known.length > 0 && !tied
        ? [{ kind: 'text' as const, text: knownText(story, view) }]
        : []),
      ...(tied ? [tiedNote(view.viewer)] : []),
      { kind: 'buttons', buttons: partnerButtons(partner) },
    ],
  };
}

/** The contacts before a day. */
export function earlierCard(
  partner: { id: string; name: string },
  page: Pick<PartnerStory, 'contacts' | 'earlier'>,
  view: StoryView,
): Reply {
  if (page.contacts.length === 0)
    return { text: rich`Nothing earlier is noted about ${bold(partner.name)}.` };
  return {
    text: rich`Earlier with ${bold(partner.name)}:`,
    card: [...contactBlocks(page, partner, view), ...(view.tied ? [tiedNote(view.viewer)] : [])],
  };
}

const tiedNote = (viewer: Viewer): Block => ({
  kind: 'note',
  text: hiddenText(
    viewer,
    rich`You're part of this partner, so notes about it and promises to it are hidden here, except your own.`,
  ),
});

function contactBlocks(
  { contacts, earlier }: Pick<PartnerStory, 'contacts' | 'earlier'>,
  partner: { id: string },
  view: StoryView,
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

function contactLine(contact: Contact, { directory, today, tied, viewer }: StoryView): RichText {
  const isOwn = isSameMember(viewer, contact.by);
  if (tied && !isOwn) return rich`A contact on ${day(contact.day)}`;
  const name = directory.member(contact.by)?.name ?? 'Somebody';
  if (isContactHiddenFrom(viewer, contact))
    return rich`${name}: ${contactText({ ...contact, note: null }, today)}`;
  const isPrivate = (contact.readers ?? null) !== null;
  return rich`${name}${isPrivate && ' (a private note)'}: ${contactText(contact, today)}`;
}

/** Who has been in touch with the partner, and a hint if it is only one person. */
function knownText({ known, partial }: PartnerStory, { directory }: StoryView): RichText {
  const nameOf = (by: string) => directory.member(by)?.name ?? 'somebody who has left';
  const [only] = known;
  if (only && known.length === 1 && !partial) {
    return rich`Only ${bold(nameOf(only.by))} has been in touch, last on ${day(only.day)}. It would help if somebody else met them too.`;
  }
  const each = known.map(({ by, day: last }) => rich`${nameOf(by)} (${day(last)})`);
  return rich`Who has been in touch: ${joined(each, ', ')}.`;
}

/**
 * Who looks at the story, and when. `tied`: they belong to the partner, so they see the days of the contacts, and what
 * they noted or hold themselves.
 */
export interface StoryView {
  viewer: Viewer;
  directory: Directory;
  partnership: Partnership;
  today: Day;
  tied: boolean;
}

/** A heading of a part of the story. */
const heading = (text: string): Block => ({ kind: 'text', text: rich`${bold(text)}` });

/** How many promises are shown each way. */
const MAX_PROMISES_SHOWN = 5;

/** The open promises of a story, ours and theirs, without those that are hidden from the reader. */
function promiseBlocks(all: readonly Followup[], view: StoryView): Block[] {
  const promises = all.filter((row) => !isFollowupHiddenFrom(view.viewer, row));
  const ours = promises.filter((promise) => promise.ours);
  const theirs = promises.filter((promise) => !promise.ours);
  return [...promiseRows(ours, 'We promised', view), ...promiseRows(theirs, 'They promised', view)];
}

function promiseRows(
  promises: readonly Followup[],
  title: string,
  { directory, today }: StoryView,
): Block[] {
  if (promises.length === 0) return [];
  const more = promises.length - MAX_PROMISES_SHOWN;
  return [
    heading(title),
    // Without the partner's name, since the story is about this partner.
    ...promises
      .slice(0, MAX_PROMISES_SHOWN)
      .map((promise) =>
        followupRow({ ...promise, partner: null }, today, directory, { owner: true }),
      ),
    ...(more > 0 ? [{ kind: 'note' as const, text: rich`And ${more} more.` }] : []),
  ];
}
