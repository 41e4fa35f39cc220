import type { Day } from '../../dates/day.ts';
import type { Button, Reply } from '../../reply.ts';
import { bold, member, type RichText, rich } from '../../rich-text.ts';
import { dueText } from '../followups/rules.ts';
import type { Followup } from '../followups/store.ts';
import type { Member } from '../members/store.ts';
import { contactSentence } from './rules.ts';
import type { Interaction } from './store.ts';

/** "Noted, thanks. **Riverside Council**: met today – about the lease. You'll send the plan by Fri 27 Nov; I'll remind you." */
export function notedReply(noted: {
  partner: { name: string };
  contact: Interaction;
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

/** Takes back what a command wrote. */
export function undoButton(receipt: string): Button {
  return { label: 'Undo', command: 'undo', args: { which: `#${receipt}` } };
}

/** Who will do what by when, and who is told. */
export function promiseText(
  promise: Followup,
  owner: Member | undefined,
  speaker: Member | undefined,
): RichText {
  const due = promise.byDay
    ? rich` by ${dueText({ day: promise.byDay, at: promise.at })}`
    : undefined;
  const what = rich`${bold(promise.title)}${due}`;
  if (!promise.ours) return rich`They promised: ${what}. I'll ask you about it then.`;
  if (promise.asked && owner)
    return rich`To do: ${what}. I'm asking ${member(owner)}; until then it is yours.`;
  if (owner && owner.id !== speaker?.id) return rich`${member(owner)} will do it: ${what}.`;
  return rich`Yours to do: ${what}. I'll remind you${promise.at ? ' then' : ' that morning'}.`;
}
