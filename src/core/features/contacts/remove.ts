import { type ContactReader, noteName } from '../../cards/contact-text.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Contact, contacts } from '../../domain/contacts/contact.ts';
import type { PartnerRef } from '../../domain/partners/partner.ts';
import { recomputeLastContact } from '../../domain/partners/recompute-last-contact.ts';
import { CONFIRMED, ONCE } from '../../message/invocation.ts';
import type { Button } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { Question } from '../../message/user-error.ts';
import { findContact, goneError, partnerOf, promiseOf, takeOffButton } from './noted-contact.ts';
import { contactSentence } from './noted-reply.ts';

/** From this age on, a contact is removed only after a question (ms): a day. */
const ASK_BEFORE_REMOVING_MS = 86_400_000;

/** Removes a contact. When the partner goes quiet is recomputed; what was promised stays. */
export const removeContact = defineCommand({
  name: 'log remove',
  summary: 'Remove a contact you noted',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'The contact. Its Remove button fills this in',
      fromButton: true,
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, raw, member, today, receipt }, deps) {
    const contact = await findContact(args.which, member, deps);
    const partner = partnerOf(contact, deps);
    const isOld = deps.now.getTime() - contact.loggedAt.getTime() > ASK_BEFORE_REMOVING_MS;
    if (isOld && raw[CONFIRMED] === undefined)
      throw removeQuestion(contact, partner, { member, today }, deps);
    if (!(await deps.store.of(contacts).remove(contact.id, contact.version))) throw goneError();
    await recomputeLastContact(partner.id, deps);
    const removed = rich`Removed: ${noteName(contact, partner.name, { member, today }, deps.directory)}.`;
    const promise = await promiseOf(contact, member, deps);
    if (!promise) return replyWithUndo(removed, receipt);
    const text = rich`${removed} It came with a promise, which stays: ${bold(promise.title)}.`;
    return replyWithUndo(text, receipt, [takeOffButton(promise, 'Take that off too')]);
  },
});

function removeQuestion(
  contact: Contact,
  partner: PartnerRef,
  reader: ContactReader,
  deps: Deps,
): Question {
  const args = { which: `#${contact.id}`, [CONFIRMED]: 'yes', [ONCE]: deps.id('remove?') };
  const buttons: Button[] = [
    { label: 'Remove it', command: 'log remove', args, style: 'danger' },
    { label: 'Keep it', command: 'cancel', args: {} },
  ];
  return new Question({
    text: rich`Shall I remove ${noteName(contact, partner.name, reader, deps.directory)}? It says: ${contactSentence(contact, reader.today)}`,
    card: [{ kind: 'buttons', buttons }],
  });
}
