import type { Deps } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { withReminderAfterEdit } from '../../domain/followups/series.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM, ONCE, type RawArgs, WORDS } from '../../message/invocation.ts';
import type { Button } from '../../message/reply.ts';
import { commandText, type RichText, rich } from '../../message/rich-text.ts';
import { Question, StateError } from '../../message/user-error.ts';
import { assertCanChange } from '../../parsing/resolve-followup.ts';
import { updateWithRetry } from '../../ports/store.ts';

/**
 * Changes an open follow-up, and retries if somebody else changes it at the same time.
 * @throws UserError if the member may not change it, if it is closed, or while its reminder is being sent.
 */
export async function changeOpenFollowup(
  id: string,
  member: Member,
  deps: Deps,
  decide: (open: Followup) => Followup,
): Promise<Followup> {
  const changed = await updateWithRetry(deps.store.of(followups), id, (open) => {
    assertCanChange(open, member, deps);
    return withReminderAfterEdit(open, decide(open), deps);
  });
  if (!changed)
    throw new StateError(
      rich`I no longer have that follow-up. See what is open with ${commandText('followup list')}.`,
    );
  return changed;
}

/**
 * The question whether a change is for this follow-up of a series only or for more. Its two buttons keep the args, and
 * pressing both has one effect.
 * @param asked all: the label of the second button
 */
export function askScope(
  text: RichText,
  asked: { command: string; row: Pick<Followup, 'id'>; raw: RawArgs; all: string },
  deps: Pick<Deps, 'id'>,
): Question {
  const { [WORDS]: _, [FORM]: __, ...words } = asked.raw;
  const args = { ...words, which: `#${asked.row.id}`, [ONCE]: deps.id('scope') };
  const button = (label: string, scope: string): Button => ({
    label,
    command: asked.command,
    args: { ...args, scope },
  });
  const buttons = [button('Just this one', 'one'), button(asked.all, 'all')];
  return new Question({ text, card: [{ kind: 'buttons', buttons }] });
}
