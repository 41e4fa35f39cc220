import type { Followup } from '../domain/followups/followup.ts';
import { dueText } from '../domain/followups/rules.ts';
import type { Member } from '../domain/members/member.ts';
import { bold, member, type RichText, rich } from '../message/rich-text.ts';

/** Says who will do what by when, and what the bot does about it. */
export function promiseText(
  promise: Followup,
  owner: Member | undefined,
  actor: Member | undefined,
): RichText {
  const due = promise.dueDay
    ? rich` by ${dueText({ day: promise.dueDay, at: promise.at })}`
    : undefined;
  const what = rich`${bold(promise.title)}${due}`;
  if (!promise.ours) return rich`They promised: ${what}. I'll ask you about it then.`;
  if (promise.asked && owner)
    return rich`To do: ${what}. I'm asking ${member(owner)}. It's yours until they say yes.`;
  if (owner && owner.id !== actor?.id) return rich`${member(owner)} will do it: ${what}.`;
  return rich`Yours to do: ${what}. I'll remind you${promise.at ? ' then' : ' that morning'}.`;
}
