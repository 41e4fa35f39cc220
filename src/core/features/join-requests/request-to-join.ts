import { dayOf } from '../../dates/day.ts';
import { enqueueCoordinatorNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { joinRequestId, joinRequests } from '../../domain/join-requests/join-request.ts';
import type { JoinContext } from '../../domain/joining/join.ts';
import { type KnownPerson, profileName, profileZone } from '../../domain/joining/profile.ts';
import { isActiveCoordinator } from '../../domain/members/member.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import { type Reply, say } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { askedCard, joinRequestCard } from './cards.ts';

/** The coordinators are asked about the same person again after a week. */
const ASK_AGAIN_AFTER_MS = 7 * 86_400_000;

/** Asks the coordinators to let somebody in, once a week at most. Each step can be repeated. */
export async function requestToJoin(
  { identity, profile }: KnownPerson,
  context: JoinContext & { wake(): void },
): Promise<Reply> {
  const { stores, partnership, directory, now, wake } = context;
  const store = stores.forPartnership(partnership.id);
  const coordinators = directory.members.filter(isActiveCoordinator);
  const workspace = await workspaceAt(stores, identity);
  if (workspace?.partnership !== partnership.id || coordinators.length === 0) {
    return say(rich`There is nobody here I could ask. Please talk to the person who invited me.`);
  }
  const id = joinRequestId(identity, partnership.id);
  const facts = { identity, name: profileName(profile) || 'Somebody', zone: profileZone(profile) };
  const request = await insertOnce(store.of(joinRequests), { id, ...facts, askedAt: null });
  const { askedAt } = request;
  const today = dayOf(now, partnership.zone);
  if (askedAt && now.getTime() - askedAt.getTime() < ASK_AGAIN_AFTER_MS) {
    return askedCard(dayOf(askedAt, partnership.zone));
  }
  const notice = {
    subject: id,
    occurrence: `join:${today}`,
    at: now,
  };
  const reply = joinRequestCard({ id, name: facts.name }, workspace.name);
  await enqueueCoordinatorNotices(coordinators, { ...notice, reply }, { store, wake });
  await updateWithRetry(store.of(joinRequests), id, (row) => ({ ...row, ...facts, askedAt: now }));
  return askedCard(undefined);
}
