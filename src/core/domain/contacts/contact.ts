import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';
import type { Readership } from '../members/visibility.ts';
import { searchedText } from '../search-terms/search-term.ts';

export const contactMethods = [
  'meeting',
  'call',
  'email',
  'visit',
  'event',
  'message',
  'letter',
] as const;
export type ContactMethod = (typeof contactMethods)[number];

/** What else people call the ways to be in touch, in one word without spaces. */
export const contactMethodWords: ReadonlyMap<string, ContactMethod> = new Map(
  Object.entries({
    meeting:
      'met meet zoom teams video videocall online onlinemeeting coffee tea lunch facetoface inperson person chat',
    call: 'phone phoned phonecall rang ring telephone tel mobile called voicemail',
    email: 'emailed mail mailed',
    visit: 'visited',
    event: 'fair talk conference workshop',
    message:
      'text texted textmessage sms whatsapp messaged messenger facebook fb dm slack discord signal',
    letter: 'post posted wrote letterpost',
  } as const).flatMap(([method, words]) =>
    words.split(' ').map((word) => [word, method as ContactMethod] as const),
  ),
);

/** One conversation with a partner. A private one has readers: others see its day and method only (see visibility.ts). */
export interface Contact extends Row, Readership {
  partner: string;
  /**
   * Ids of merged partners that it moved from, the last one last (see partner-merge). Null or missing: it was noted
   * with its partner.
   */
  formerPartners?: string[] | null;
  /** Ids of the people there whom the note names. Null or missing: none that are kept. */
  people?: string[] | null;
  day: Day;
  how: ContactMethod | null;
  /** False when they did not reply. Only a two-way contact makes a partner count as not quiet. */
  twoWay: boolean;
  note: string | null;
  /** The member who logged it. */
  by: string;
  loggedAt: Date;
  /** When it was first noted that they did reply, if that was not with the contact itself (see `withReply`). */
  answerNotedAt: Date | null;
}

export const contacts = defineCollection<Contact>()({
  name: 'contacts',
  scope: 'partnership',
  fields: {
    partner: 'text',
    formerPartners: 'list',
    people: 'list',
    day: 'text',
    how: 'text',
    twoWay: 'flag',
    note: 'text',
    by: 'text',
    loggedAt: 'moment',
    answerNotedAt: 'moment',
    readers: 'list',
    readersCoordinate: 'flag',
  },
  indexes: {
    byPartner: { on: ['partner', 'day', 'loggedAt'] },
    byTwoWay: { on: ['partner', 'twoWay', 'day'] },
    byKnower: { on: ['partner', 'twoWay', 'by', 'day'] },
    byMember: { on: ['by'] },
    byLogged: { on: ['loggedAt'] },
    byAnswerNoted: { on: ['answerNotedAt'] },
  },
  derived: searchedText('contacts', ({ note, day }) => ({ text: note, day })),
});

/**
 * The contact with its reply corrected. It keeps the instant at which a reply was first noted: a digest counts the
 * contact from then on, and only once, also if it is corrected to and fro.
 */
export function withReply(contact: Contact, twoWay: boolean, now: Date): Contact {
  if (contact.twoWay === twoWay) return contact;
  const firstNoted = contact.twoWay ? contact.loggedAt : now;
  return { ...contact, twoWay, answerNotedAt: contact.answerNotedAt ?? firstNoted };
}
