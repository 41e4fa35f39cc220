import type { Followup } from '../domain/followups/followup.ts';
import { dueText } from '../domain/followups/rules.ts';
import type { Member } from '../domain/members/member.ts';
import { bold, member, type RichText, rich } from '../message/rich-text.ts';

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
