import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Stores } from '../../ports/store.ts';
import { enqueueCoordinatorNotices } from '../deliveries/enqueue-notice.ts';
import type { Directory } from '../directory/directory.ts';
import { isActiveCoordinator, type Member } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { linkedWorkspacesOf, linkedWorkspacesText } from './linked-workspaces.ts';

/**
 * Asks the coordinators who a new member is: somebody new, or the second account of a member. Those who are tied to a
 * partner themselves are not asked, unless there are no others. It can be repeated: each coordinator is asked once.
 */
export async function askWhoItIs(
  member: Member,
  context: { stores: Stores; partnership: Partnership; directory: Directory; now: Date },
): Promise<void> {
  const { stores, partnership, directory, now } = context;
  const store = stores.forPartnership(partnership.id);
  const coordinators = directory.members.filter(isActiveCoordinator);
  const free = coordinators.filter(mayIdentify);
  const where = linkedWorkspacesText(await linkedWorkspacesOf(member, stores));
  const names = [...directory.tiedPartners].map((id) => directory.partner(id)?.name ?? 'a partner');
  const hint =
    free.length === 0 &&
    ' Only a coordinator who belongs to no partner can say who it is, and there is none.';
  const reply: Reply = {
    text: rich`Somebody new is here: ${bold(member.name)}, ${where}. Until you say who it is, they see nothing of ${names.join(', ')}, to which a member belongs.${hint}`,
    card: [{ kind: 'buttons', buttons: identifyButtons(member) }],
  };
  const notice = {
    subject: member.id,
    occurrence: 'who is it',
    reply,
    at: now,
  };
  // No wake: the next sweep finds the notices soon enough.
  const deps = { store, wake: () => {} };
  await enqueueCoordinatorNotices(free.length > 0 ? free : coordinators, notice, deps);
}

/** Whether a coordinator may say who somebody is: not if it may be a second account of their own that hides a tie. */
export function mayIdentify({
  tiedTo,
  unidentifiedSince,
}: Pick<Member, 'tiedTo' | 'unidentifiedSince'>): boolean {
  return tiedTo.length === 0 && !unidentifiedSince;
}

/** The two answers to the question who a new member is. */
export function identifyButtons({ id }: Pick<Member, 'id'>): Button[] {
  const who = `#${id}`;
  return [
    { label: 'Somebody new', command: 'member new', args: { who } },
    { label: "It's one of us…", command: 'member same', args: { who, [FORM]: 'yes' } },
  ];
}
