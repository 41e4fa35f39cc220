import { undoButton } from '../../cards/changed-reply.ts';
import { contactSentence } from '../../cards/contact-text.ts';
import { promiseText } from '../../cards/promise-text.ts';
import type { Day } from '../../dates/day.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

/** "Noted, thanks. **Riverside Council**: met today – about the lease. You'll send the plan by Fri 27 Nov; I'll remind you." */
export function notedReply(noted: {
  partner: { name: string };
  contact: Contact;
  today: Day;
  receipt: string;
  speaker?: Member;
  promise?: Followup;
  /** Whose the promise is, or who has been asked to take it. */
  owner?: Member | undefined;
}): Reply {
  const { partner, contact, today, receipt, promise, owner, speaker } = noted;
  const noteText = rich`Noted, thanks. ${bold(partner.name)}: ${contactSentence(contact, today)}`;
  const text = promise ? rich`${noteText} ${promiseText(promise, owner, speaker)}` : noteText;
  const buttons: Button[] = [
    { label: 'Change', command: 'log change', args: { which: `#${contact.id}`, form: 'yes' } },
    undoButton(receipt),
  ];
  return { text, card: [{ kind: 'buttons', buttons }] };
}
