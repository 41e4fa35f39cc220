import { type Stores, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { digests } from '../digests/digest.ts';
import { scheduleDigest } from '../digests/schedule.ts';
import { members } from '../members/member.ts';
import { partners } from '../partners/partner.ts';
import { withQuiet } from '../partners/rules.ts';
import { type Partnership, partnerships } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';

/** What deriving again works with: `stores` without a record of changes, so that it is no part of the receipt. */
export interface RederiveContext extends Pick<WriteContext, 'now' | 'wake' | 'namesChanged'> {
  stores: Stores;
}

/** Partners that are read, and saved, at once. */
const TOGETHER = 50;

/**
 * Derives again when each partner goes quiet, after the partnership's rhythm has changed. What is derived is not
 * what the command wrote: it is left out of the receipt, and derived again when the settings are taken back.
 */
export async function rederiveQuiet(
  partnership: Partnership,
  { stores }: Pick<RederiveContext, 'stores'>,
): Promise<void> {
  const rows = stores.forPartnership(partnership.id).of(partners);
  for await (const page of rows.pages({ index: 'byName', where: { archived: false } }, TOGETHER)) {
    const changed = page.filter((row) => withQuiet(row, partnership).quietOn !== row.quietOn);
    await Promise.all(
      changed.map(async (row) => {
        const saved = await rows.save(withQuiet(row, partnership));
        // Somebody was faster: read again, decide again.
        if (!saved) await updateWithRetry(rows, row.id, (now) => withQuiet(now, partnership));
      }),
    );
  }
}

/** Derives again when briefs and digests are due, after the partnership's zone or days have changed. */
export async function rederiveSchedules(
  partnership: Partnership,
  { stores, now, wake, namesChanged }: RederiveContext,
): Promise<void> {
  const store = stores.forPartnership(partnership.id);
  const people = store.of(members);
  for await (const page of people.pages({ index: 'byName' })) {
    for (const { id } of page) {
      // One that is just going out takes its next time from the new settings by itself.
      await updateWithRetry(people, id, (row) =>
        row.sending ? undefined : scheduleBrief(row, partnership, now),
      );
    }
  }
  const posts = store.of(digests);
  for await (const page of posts.pages({ index: 'byId' })) {
    for (const { id } of page) {
      await updateWithRetry(posts, id, (row) =>
        row.sending || row.nextAt === null ? undefined : scheduleDigest(row, partnership, now),
      );
    }
  }
  await namesChanged();
  wake();
}

/** Derives all of it again, from the settings as they now stand: after they were taken back. */
export async function rederiveAll(
  deps: RederiveContext & Pick<WriteContext, 'store'>,
): Promise<void> {
  const partnership = await deps.store.of(partnerships).get(deps.store.partnership);
  if (!partnership) return;
  await rederiveQuiet(partnership, deps);
  await rederiveSchedules(partnership, deps);
}
