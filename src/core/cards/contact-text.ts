import type { Day } from '../dates/day.ts';
import type { When } from '../dates/when.ts';
import type { Contact, ContactMethod } from '../domain/contacts/contact.ts';
import { day, type RichText, rich } from '../message/rich-text.ts';
import { UserError } from '../message/user-error.ts';

const methodVerbs: { readonly [method in ContactMethod]: string } = {
  meeting: 'met',
  call: 'called',
  email: 'emailed',
  visit: 'visited',
  event: 'saw them at an event',
  message: 'messaged',
};

/** @throws UserError if the day of a contact is in the future: that would be a follow-up. */
export function refuseFuture(when: When | undefined, today: Day): void {
  if (when && when.day > today) {
    const sentence = rich`${day(when.day)} is in the future. For a plan, use followup add. When were you in touch?`;
    throw new UserError(sentence, 'when');
  }
}

/** A contact in a few words, without the partner's name: `called on Fri 20 Nov, no reply – about the lease`. */
export function contactText(
  contact: Pick<Contact, 'day' | 'how' | 'twoWay' | 'note'>,
  today: Day,
): RichText {
  const verb = contact.how
    ? methodVerbs[contact.how]
    : contact.twoWay
      ? 'in touch'
      : 'tried to reach them';
  const when = contact.day === today ? rich`today` : rich`on ${day(contact.day)}`;
  const reply = contact.twoWay ? undefined : ', no reply';
  return rich`${verb} ${when}${reply}${contact.note && ` – ${contact.note}`}`;
}

/** The same as a sentence: it gets a full stop unless the note ends a sentence itself. */
export function contactSentence(contact: Parameters<typeof contactText>[0], today: Day): RichText {
  const isSentence = /[.!?…]["'”’)]*\s*$/.test(contact.note ?? '');
  return rich`${contactText(contact, today)}${!isSentence && '.'}`;
}
