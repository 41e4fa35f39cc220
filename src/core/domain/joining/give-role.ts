import { collect } from '../../async/collect.ts';
import { dayOf } from '../../dates/day.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { enqueueNotice } from '../deliveries/enqueue-notice.ts';
import { followups } from '../followups/followup.ts';
import { isByHand } from '../members/by-hand.ts';
import { changeMember } from '../members/change-member.ts';
import { isSameMember, type Member, members } from '../members/member.ts';
import type { Role } from '../members/rights.ts';
import { refuseLastCoordinator } from '../members/rules.ts';
import { isPrivateFrom } from '../members/visibility.ts';
import type { WriteContext } from '../partnerships/write-context.ts';

/** Gives a member a role. @throws UserError if they have left, or if there would be no coordinator. */
export async function giveRole(id: string, role: Role, deps: WriteContext): Promise<Member> {
  const everybody = await collect(deps.store.of(members).all({ index: 'byName' }));
  const changed = await changeMember(id, deps, (row) => {
    if (!row.active) throw new UserError(rich`${bold(row.name)} has left. Nothing has changed.`);
    if (isByHand(row) && role !== 'member')
      throw new UserError(
        rich`${bold(row.name)} has no account here, so they can only be a member. Nothing has changed.`,
      );
    refuseLastCoordinator(row, role, everybody);
    return scheduleBrief({ ...row, role }, deps.partnership, deps.now);
  });
  if (role !== 'coordinator') await returnPrivatePromises(changed, everybody, deps);
  return changed;
}

/**
 * Private promises of somebody who read them as a coordinator, and coordinates no more, go back to the member who noted
 * them, or to nobody if that member has left.
 */
async function returnPrivatePromises(
  from: Member,
  everybody: readonly Member[],
  deps: WriteContext,
): Promise<void> {
  const rows = deps.store.of(followups);
  const own = await collect(rows.all({ index: 'byWho', where: { state: 'open', who: from.id } }));
  for (const { id, title, createdBy } of own.filter((row) =>
    isPrivateFrom(from, row, row.createdBy),
  )) {
    const author = everybody.find((one) => one.active && isSameMember(one, createdBy));
    const today = dayOf(deps.now, deps.partnership.zone);
    await updateWithRetry(rows, id, (row) => ({
      ...row,
      who: author?.id ?? null,
      asked: null,
      askedBy: null,
      escalateOn: author ? null : today,
    }));
    if (!author) continue;
    const text = rich`${bold(from.name)} no longer coordinates, so this private promise is yours again: ${bold(title)}.`;
    const name = { subject: id, occurrence: `returned from ${from.id}`, recipient: author.id };
    await enqueueNotice({ ...name, reply: { text }, at: deps.now }, deps);
  }
}
