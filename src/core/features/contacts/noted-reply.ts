import { contactText } from '../../cards/contact-text.ts';
import type { PromiseAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import type { Day } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { notThereButtons, peopleSentence } from './people-in-note.ts';
import { readersSentence } from './private-notes.ts';

/** What an answer says about the promise of a contact. */
export interface NotedPromise extends PromiseAnswer {
  /** The id of the follow-up. */
  id: string;
}

/** The answer to a contact: `Noted, thanks. **Riverside Council**: met today – about the lease.`, then the promise if any. */
export function notedReply(noted: {
  partner: { name: string };
  contact: Contact;
  today: Day;
  receipt: string;
  /** Who reads the answer. */
  member: Member;
  directory: Directory;
  /** The first words, if it was not just noted. */
  opening?: string;
  promise?: NotedPromise | undefined;
  /** Buttons that correct what was read out of the note. */
  corrections?: readonly Button[];
  /** The interests that the owner of the promise has declared in the partner. */
  declared?: RichText;
}): Reply {
  const { partner, contact, today, receipt, promise, declared, member, directory } = noted;
  const { opening = 'Noted, thanks.', corrections = [] } = noted;
  const noteText = rich`${opening} ${bold(partner.name)}: ${contactSentence(contact, today)}${peopleSentence(contact, directory)}${readersSentence(contact, member, directory)}`;
  const text = promise ? rich`${noteText} ${promise.text}${declared}` : noteText;
  const buttons: Button[] = [
    ...corrections,
    ...(promise?.buttons ?? []),
    ...notThereButtons(contact, directory),
    changeButton(contact.id),
    ...(promise ? [changePromiseButton(promise.id)] : []),
    undoButton(receipt),
  ];
  return { text, card: [{ kind: 'buttons', buttons }] };
}

/** Opens the form of a contact. */
export function changeButton(contact: string): Button {
  return { label: 'Change', command: 'log change', args: { which: `#${contact}`, [FORM]: 'yes' } };
}

/** Opens the form of what was promised. */
export function changePromiseButton(followup: string): Button {
  const args = { which: `#${followup}`, [FORM]: 'yes' };
  return { label: 'Change the promise', command: 'followup edit', args };
}

/** A contact as a sentence (see `contactText`): it gets a full stop unless the note ends a sentence itself. */
export function contactSentence(contact: Parameters<typeof contactText>[0], today: Day): RichText {
  const isSentence = /[.!?…]["'”’)]*\s*$/.test(contact.note ?? '');
  return rich`${contactText(contact, today)}${!isSentence && '.'}`;
}

/** @throws UserError if the day of a contact is in the future: that would be a follow-up. */
export function refuseFuture(when: When | undefined, today: Day): void {
  if (when && when.day > today) {
    const sentence = rich`${day(when.day)} is in the future. For a plan, use ${commandText('followup add')}. When were you in touch?`;
    throw new UserError(sentence, 'when');
  }
}
