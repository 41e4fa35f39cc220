import { collect } from '../../async/collect.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { changeMember } from '../members/change-member.ts';
import { type Member, members } from '../members/member.ts';
import type { Role } from '../members/rights.ts';
import { refuseLastCoordinator } from '../members/rules.ts';
import type { WriteContext } from '../partnerships/write-context.ts';

/** Gives a member a role. @throws UserError if they have left, or if there would be no coordinator. */
export async function giveRole(id: string, role: Role, deps: WriteContext): Promise<Member> {
  const everybody = await collect(deps.store.of(members).all({ index: 'byName' }));
  return changeMember(id, deps, (row) => {
    if (!row.active) throw new UserError(rich`${bold(row.name)} has left. Nothing has changed.`);
    refuseLastCoordinator(row, role, everybody);
    return scheduleBrief({ ...row, role }, deps.partnership, deps.now);
  });
}
