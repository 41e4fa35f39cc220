import type { Deps } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { UserError } from '../../message/user-error.ts';
import { refuseUnlessOpenFor } from '../../parsing/resolve-followup.ts';
import { updateWithRetry } from '../../ports/store.ts';

/**
 * Changes an open follow-up, however many are at it: decides again whenever somebody was faster.
 * @throws UserError when it is not the member's to change, closed, or its reminder is just going out.
 */
export async function changeOpen(
  id: string,
  member: Member,
  deps: Deps,
  decide: (open: Followup) => Followup,
): Promise<Followup> {
  const changed = await updateWithRetry(deps.store.of(followups), id, (open) => {
    refuseUnlessOpenFor(open, member, deps.directory);
    return decide(open);
  });
  if (!changed) throw new UserError('That follow-up is gone. See what is open with followup list.');
  return changed;
}
