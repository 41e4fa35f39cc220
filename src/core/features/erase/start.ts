import { enqueueCoordinatorNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { type Erasure, erasures, placesToErase } from '../../domain/erasures/erasure.ts';
import { otherCoordinators } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { startedNotice, startedReply } from './cards.ts';
import type { EraseCommandDeps } from './deps.ts';

/**
 * Begins an erasure after the last yes. A worker does the rest. The record outside the store is written first: if a
 * backup is restored a moment later, the erasure is done all the same.
 * @param told the coordinators who know of it.
 */
export async function startErasure(
  erasure: Erasure,
  told: readonly string[],
  deps: EraseCommandDeps,
): Promise<Reply> {
  const { store, partnership, directory, records, now, today, wake } = deps;
  const places = placesToErase(erasure);
  await records.record({
    id: erasure.id,
    partnership: partnership.id,
    day: today,
    keyId: records.keyId,
    name: erasure.name,
    texts: erasure.theirs,
    member: erasure.member,
    places: places.map(({ collection, id, field }) => ({ collection, id, field })),
  });
  // The tombstone has the places. The row is saved often from now on, so it should be small.
  const begun = {
    state: 'erasing',
    day: today,
    startedAt: now,
    nextAt: now,
    nextRunAt: now,
  } as const;
  await updateWithRetry(store.of(erasures), erasure.id, (row) =>
    row.state === 'asked' || row.state === 'waiting'
      ? { ...row, ...begun, count: places.length, places: [] }
      : undefined,
  );
  const asker = directory.member(erasure.askedBy);
  if (asker) {
    const others = otherCoordinators(directory.members, erasure.askedBy);
    const untold = others.filter(({ id }) => !told.includes(id));
    const reply = startedNotice(asker, places.length);
    const notice = {
      subject: erasure.id,
      occurrence: 'started',
      reply,
      at: now,
    };
    await enqueueCoordinatorNotices(untold, { ...notice, urgent: true }, deps);
  }
  wake();
  return { ...startedReply(places.length), replaces: true };
}
