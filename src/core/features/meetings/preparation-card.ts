import { quoteShort } from '../../base/text.ts';
import { contactText } from '../../cards/contact-text.ts';
import { followupLine } from '../../cards/followup-row.ts';
import { tiedNote } from '../../cards/hidden-text.ts';
import { nextMeetingBlocks, planMeetingButton } from '../../cards/meeting-text.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { briefFacts } from '../../cards/partner-facts.ts';
import { peopleBlocks } from '../../cards/people-there.ts';
import { type Day, daysBetween } from '../../dates/day.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
} from '../../domain/members/visibility.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import type { Preparation } from './read-preparation.ts';

/** How many promises are shown each way; the others are in the partner's story. */
const MAX_PROMISES_SHOWN = 2;
/** How many things to ask about are named. */
const MAX_QUESTIONS = 2;

/** Who prepares for a meeting, and on which day. */
export interface PreparationView {
  viewer: Viewer;
  directory: Directory;
  today: Day;
}

/** What somebody needs to know before they meet a partner, in one short card. */
export function preparationCard(
  preparation: Preparation,
  meeting: Meeting | undefined,
  view: PreparationView,
): Reply {
  const { partner, contacts, changed } = preparation;
  const { viewer, directory } = view;
  const tied = isTiedTo(viewer, partner.id);
  const promises = preparation.promises.filter((row) => !isFollowupHiddenFrom(viewer, row));
  const about = tied ? null : (partner.about ?? null);
  const changes: Button = {
    label: 'What has changed',
    command: 'history',
    args: { which: `#${partner.id}` },
  };
  const note: Button = {
    label: 'Note what was said',
    command: 'log',
    args: { with: `#${partner.id}`, [FORM]: 'yes' },
  };
  const remind: Button = {
    label: 'Remind me',
    command: 'followup add',
    args: { next: `Meet ${partner.name}`, with: `#${partner.id}`, [FORM]: 'yes' },
  };
  const isChanged = !tied && changed.length > 0;
  return {
    text: rich`Before you meet ${bold(partner.name)}${briefFacts(partner, directory)}`,
    card: [
      ...nextMeetingBlocks(meeting, viewer, directory),
      ...(about === null ? [] : [text(rich`${about}`)]),
      ...lastBlocks(contacts, view),
      ...promiseBlocks(
        promises.filter(({ ours }) => ours),
        'We promised',
        view,
      ),
      ...promiseBlocks(
        promises.filter(({ ours }) => !ours),
        'They promised',
        view,
      ),
      ...questionBlocks(promises, contacts, view),
      ...peopleBlocks(partner.id, viewer, directory),
      ...(isChanged ? [text(changedText(changed))] : []),
      ...(tied ? [tiedNote(viewer)] : []),
      {
        kind: 'buttons',
        buttons: [
          storyButton(partner, 'The whole story'),
          ...(isChanged ? [changes] : []),
          ...(meeting ? [] : [planMeetingButton(partner)]),
          remind,
          note,
        ],
      },
    ],
  };
}

const text = (words: RichText): Block => ({ kind: 'text', text: words });
const heading = (words: string): Block => text(rich`${bold(words)}`);

function lastBlocks(contacts: readonly Contact[], view: PreparationView): Block[] {
  if (contacts.length === 0) return [text(rich`Nobody has noted a contact with them yet.`)];
  return [heading('Last contacts'), ...contacts.map((one) => text(lastLine(one, view)))];
}

function lastLine(contact: Contact, { viewer, directory, today }: PreparationView): RichText {
  const isHidden = isContactHiddenFrom(viewer, contact);
  if (isHidden && isTiedTo(viewer, contact.partner))
    return contact.twoWay
      ? rich`A contact on ${day(contact.day)}`
      : rich`Somebody tried to reach them on ${day(contact.day)}`;
  const name = directory.member(contact.by)?.name ?? 'Somebody';
  const note = isHidden || contact.note === null ? null : quoteShort(contact.note);
  return rich`${name}: ${contactText({ ...contact, note }, today)}`;
}

function promiseBlocks(
  promises: readonly Followup[],
  title: string,
  { today, directory }: PreparationView,
): Block[] {
  if (promises.length === 0) return [];
  const more = promises.length - MAX_PROMISES_SHOWN;
  return [
    heading(title),
    ...promises
      .slice(0, MAX_PROMISES_SHOWN)
      .map((row) =>
        text(followupLine({ ...row, partner: null }, today, directory, { owner: true })),
      ),
    ...(more > 0 ? [{ kind: 'note' as const, text: rich`And ${more} more.` }] : []),
  ];
}

/** What to ask about. Only facts: what they promised, what we promised, and what was said last time. */
function questionBlocks(
  promises: readonly Followup[],
  contacts: readonly Contact[],
  { viewer, today }: PreparationView,
): Block[] {
  const theirs = oldest(promises.filter(({ ours }) => !ours));
  const ours = promises.find((row) => row.ours);
  const last = contacts.find((one) => one.note !== null && !isContactHiddenFrom(viewer, one));
  const questions: RichText[] = [
    ...(theirs ? [rich`How "${quoteShort(theirs.title)}" is going. They promised it.`] : []),
    ...(ours ? [rich`"${quoteShort(ours.title)}": ${standingText(ours, today)}`] : []),
    ...(last?.note
      ? [rich`What came of "${quoteShort(last.note)}", from last time (${day(last.day)}).`]
      : []),
  ];
  if (questions.length === 0) return [];
  return [heading('To ask about'), ...questions.slice(0, MAX_QUESTIONS).map((each) => text(each))];
}

/** The promise that was made first. */
const oldest = (promises: readonly Followup[]): Followup | undefined =>
  promises.toSorted((a, b) => Number(a.createdAt) - Number(b.createdAt))[0];

/** Where a promise of ours stands, so that nobody is surprised by the question. */
function standingText({ dueDay }: Followup, today: Day): string {
  const late = dueDay !== null && daysBetween(dueDay, today) > 0;
  return late ? "we haven't done it yet. They may ask." : "it's still on our list. They may ask.";
}

const changedText = (changed: readonly string[]): RichText =>
  rich`Changed since somebody last spoke with them: ${joined(
    changed.map((each) => rich`${each}`),
    ', ',
  )}.`;
