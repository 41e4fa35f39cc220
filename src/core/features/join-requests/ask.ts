import { dayOf } from '../../dates/day.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { visitorId, visitors } from '../../domain/join-requests/visitor.ts';
import type { JoinContext, KnownPerson } from '../../domain/membership/join.ts';
import { nameIn, zoneKnown } from '../../domain/membership/profile.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import { type Reply, say } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { askedCard, requestCard } from './cards.ts';

/** The coordinators hear of the same visitor again after this (ms): a week. */
const ASK_AGAIN = 7 * 86_400_000;

/** Tells the coordinators that a visitor would like to be let in: once a week at most. Each step may be repeated. */
export async function requestToJoin(
  { identity, profile }: KnownPerson,
  scene: JoinContext & { wake(): void },
): Promise<Reply> {
  const { stores, partnership, directory, now, wake } = scene;
  const store = stores.forPartnership(partnership.id);
  const coordinators = directory.members.filter(
    ({ active, role }) => active && role === 'coordinator',
  );
  const workspace = await workspaceAt(stores, identity);
  if (workspace?.partnership !== partnership.id || coordinators.length === 0) {
    return say(rich`There is nobody here whom I could ask. Please speak to whoever invited me.`);
  }
  const id = visitorId(identity, partnership.id);
  const facts = { identity, name: nameIn(profile) || 'Somebody', zone: zoneKnown(profile) };
  const standing = await insertOnce(store.of(visitors), { id, ...facts, askedAt: null });
  const { askedAt } = standing;
  const today = dayOf(now, partnership.zone);
  if (askedAt && now.getTime() - askedAt.getTime() < ASK_AGAIN) {
    return askedCard(dayOf(askedAt, partnership.zone));
  }
  const notice = { subject: id, occurrence: `join:${today}`, at: now };
  const reply = requestCard({ id, name: facts.name }, workspace.name);
  for (const { id: recipient } of coordinators) {
    await enqueueNotice({ ...notice, recipient, reply }, { store, wake });
  }
  await updateWithRetry(store.of(visitors), id, (row) => ({ ...row, ...facts, askedAt: now }));
  return askedCard(undefined);
}
