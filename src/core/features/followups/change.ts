import type { Deps } from '../../command.ts';
import { UserError } from '../../errors.ts';
import { revise } from '../../store.ts';
import type { Member } from '../members/store.ts';
import { refuseUnlessOpenFor } from './pick.ts';
import { type Followup, followups } from './store.ts';

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
  const changed = await revise(deps.store.of(followups), id, (open) => {
    refuseUnlessOpenFor(open, member, deps.directory);
    return decide(open);
  });
  if (!changed) throw new UserError('That follow-up is gone. See what is open with followup list.');
  return changed;
}
