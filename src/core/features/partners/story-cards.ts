import { contactText } from '../../cards/contact-text.ts';
import { followupRow } from '../../cards/followup-row.ts';
import { tiedNote } from '../../cards/hidden-text.ts';
import { nextMeetingBlocks } from '../../cards/meeting-text.ts';
import { prepareButton } from '../../cards/partner-buttons.ts';
import { factsText, quietText } from '../../cards/partner-facts.ts';
import { peopleBlocks } from '../../cards/people-there.ts';
import { whoNowBlocks } from '../../cards/who-now.ts';
import type { Day } from '../../dates/day.ts';
import type { Knowers } from '../../domain/acquaintances/knowers.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import { isSameMember } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  type Viewer,
} from '../../domain/members/visibility.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { mergeOffer, partnerButtons } from './cards.ts';
import { introduceButtons, knowersText } from './knowers-text.ts';
import { partBlocks } from './parts.ts';
import type { PartnerStory } from './story.ts';

/** The whole story. `knowers`: who knows the partner; undefined: the reader does not see that. */
export function storyCard(
  story: PartnerStory,
  view: StoryView,
  { knowers, meeting }: { knowers: Knowers | undefined; meeting: Meeting | undefined },
): Reply {
  const { partner, contacts } = story;
  const { directory, partnership, today, tied } = view;
  const known = knowers && knowersText(knowers, view.viewer);
  const introduce = knowers && introduceButtons(partner, knowers, view);
  const offer = mergeOffer(partner, view.viewer, directory);
  return {
    text: rich`${bold(partner.name)} · ${factsText(partner, directory, partnership)}`,
    card: [
      { kind: 'text', text: quietText(partner, today) },
      ...nextMeetingBlocks(meeting, view.viewer, directory),
      ...(partner.about && !tied ? [{ kind: 'text' as const, text: rich`${partner.about}` }] : []),
      ...(contacts.length > 0 ? [heading('Last contacts')] : []),
      ...contactBlocks(story, partner, view),
      ...promiseBlocks(story.promises, view),
      ...whoNowBlocks(partner.id, story.promises, view.viewer, directory).slice(0, 1),
      ...peopleBlocks(partner.id, view.viewer, directory),
      ...partBlocks(story.parts, view),
      ...(known ? [{ kind: 'text' as const, text: known }] : []),
      ...(tied ? [tiedNote(view.viewer)] : []),
      ...(offer
        ? [{ kind: 'note' as const, text: rich`Is ${bold(offer.alike.name)} the same partner?` }]
        : []),
      {
        kind: 'buttons',
        buttons: [
          ...partnerButtons(partner),
          prepareButton(partner),
          ...(tied ? [] : [journeyButton(partner)]),
          ...(introduce ?? []),
          ...(offer?.buttons ?? []),
        ],
      },
    ],
  };
}

const journeyButton = ({ id }: { id: string }): Button => ({
  label: 'How it has changed',
  command: 'journey',
  args: { with: `#${id}` },
});

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
    ...contacts.map((contact) => contactBlock(contact, view)),
    ...(earlier === undefined ? [] : [{ kind: 'buttons' as const, buttons: [see] }]),
  ];
}

/** A contact, with a button to correct it for those who may. */
function contactBlock(contact: Contact, view: StoryView): Block {
  const text = contactLine(contact, view);
  const { viewer } = view;
  const mayChange = isSameMember(viewer, contact.by) || viewer.role !== 'member';
  if (!mayChange || isContactHiddenFrom(viewer, contact)) return { kind: 'text', text };
  const args = { which: `#${contact.id}` };
  return { kind: 'row', text, buttons: [{ label: 'Change…', command: 'log change', args }] };
}

function contactLine(contact: Contact, { directory, today, tied, viewer }: StoryView): RichText {
  const isOwn = isSameMember(viewer, contact.by);
  if (tied && !isOwn)
    return contact.twoWay
      ? rich`A contact on ${day(contact.day)}`
      : rich`Somebody tried to reach them on ${day(contact.day)}`;
  const name = directory.member(contact.by)?.name ?? 'Somebody';
  if (isContactHiddenFrom(viewer, contact))
    return rich`${name}: ${contactText({ ...contact, note: null }, today)}`;
  const isPrivate = (contact.readers ?? null) !== null;
  return rich`${name}${isPrivate && ' (a private note)'}: ${contactText(contact, today)}`;
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
