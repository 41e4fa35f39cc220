import { isDeepStrictEqual } from 'node:util';
import { inBatches } from '../../async/collect.ts';
import { type Store, updateWithRetry } from '../../ports/store.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { digests } from '../digests/digest.ts';
import { scheduleDigest } from '../digests/schedule.ts';
import { rescheduleRepeats } from '../followups/series.ts';
import { members, zoneOf } from '../members/member.ts';
import { partners } from '../partners/partner.ts';
import { withQuiet } from '../partners/rules.ts';
import { type Partnership, partnerships } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';

/** Changes the partnership's row, unless it is so already, and retries if somebody else changes it at the same time. */
export async function changePartnership(
  { store }: Pick<WriteContext, 'store'>,
  decide: (row: Partnership) => Partnership,
): Promise<Partnership> {
  const changed = await updateWithRetry(store.of(partnerships), store.partnership, (row) => {
    const next = decide(row);
    return isDeepStrictEqual(next, row) ? undefined : next;
  });
  if (!changed) throw new Error('The row of the partnership is missing.');
  return changed;
}

/** Settings that decide when briefs and digests come. */
const scheduleFields: readonly (keyof Partnership)[] = [
  'zone',
  'workingDays',
  'calendar',
  'holidays',
  'quietHours',
];

type NewSettings = Partial<Omit<Partnership, 'id' | 'version'>>;

/**
 * Changes the settings of a partnership, and recomputes what depends on them. Each step can be repeated.
 * @param decide the new settings, or a function that works them out from the row as it is.
 */
export async function changeSettings(
  decide: NewSettings | ((row: Partnership) => NewSettings),
  deps: RecomputeContext & Pick<WriteContext, 'store'>,
): Promise<Partnership> {
  let given: NewSettings = {};
  let zone = '';
  const changed = await changePartnership(deps, (row) => {
    zone = row.zone;
    given = typeof decide === 'function' ? decide(row) : decide;
    return { ...row, ...given };
  });
  // Checks which fields were given, not which differ, so that a retry recomputes too.
  if ('every' in given || 'partnerHolidays' in given) await recomputeQuiet(changed, deps);
  if (scheduleFields.some((field) => field in given)) await recomputeSchedules(changed, zone, deps);
  return changed;
}

/** What recomputing works with. */
export interface RecomputeContext extends Pick<WriteContext, 'now' | 'wake' | 'namesChanged'> {
  /** The partnership's rows. Writes to them are not in the receipt. */
  untracked: Store;
}

/** How many partners are saved at once. */
const BATCH_SIZE = 500;

/**
 * Recomputes when each partner goes quiet, after the partnership's rules changed. The receipt does not list these
 * changes: they are recomputed when the settings are undone.
 */
export async function recomputeQuiet(
  partnership: Partnership,
  { untracked }: Pick<RecomputeContext, 'untracked'>,
): Promise<void> {
  const rows = untracked.of(partners);
  const active = rows.all({ index: 'byName', where: { archived: false } });
  for await (const batch of inBatches(active, BATCH_SIZE)) {
    const changed = batch
      .map((row) => ({ row, next: withQuiet(row, partnership) }))
      .filter(({ row, next }) => next.quietOn !== row.quietOn)
      .map(({ next }) => next);
    const saved = await rows.saveAll(changed);
    // Somebody else changed these: read them again.
    for (const { id } of changed.filter((_, index) => !saved[index]))
      await updateWithRetry(rows, id, (now) => withQuiet(now, partnership));
  }
}

/**
 * Recomputes when briefs, digests and repeated reminders are due, after the partnership's zone or days changed.
 * @param was the zone before (IANA name).
 */
async function recomputeSchedules(
  partnership: Partnership,
  was: string,
  { untracked, now, wake, namesChanged }: RecomputeContext,
): Promise<void> {
  const people = untracked.of(members);
  for await (const member of people.all({ index: 'byName' })) {
    // A brief that is being sent takes its next time from the new settings by itself.
    await updateWithRetry(people, member.id, (row) =>
      row.sending ? undefined : scheduleBrief(row, partnership, now),
    );
    await rescheduleRepeats(member, zoneOf(member, { zone: was }), {
      store: untracked,
      partnership,
      now,
    });
  }
  const posts = untracked.of(digests);
  for await (const { id } of posts.all({ index: 'byId' })) {
    await updateWithRetry(posts, id, (row) =>
      row.sending || row.nextAt === null ? undefined : scheduleDigest(row, partnership, now),
    );
  }
  await namesChanged();
  wake();
}

/**
 * Recomputes everything from the current settings, after a change of settings was undone.
 * @param was the zone before the undo (IANA name).
 */
export async function recomputeAll(
  was: string,
  deps: RecomputeContext & Pick<WriteContext, 'store'>,
): Promise<void> {
  const partnership = await deps.store.of(partnerships).get(deps.store.partnership);
  if (!partnership) return;
  await recomputeQuiet(partnership, deps);
  await recomputeSchedules(partnership, was, deps);
}
