import { LRUCache } from 'lru-cache';
import { derivedId } from '../../base/id.ts';
import { errorFields, type Log } from '../../base/log.ts';
import {
  defineCollection,
  type Row,
  type Store,
  StoreError,
  type Stores,
} from '../../ports/store.ts';
import { receipts } from './receipt.ts';

/** Activity without a write is recorded once an hour at most. */
const ACTIVITY_PRECISION_MS = 3_600_000;

/** That a member used the bot in an hour. It has no words: receipts become such rows when they are removed. */
export interface ActivityRow extends Row {
  member: string;
  at: Date;
}

export const activities = defineCollection<ActivityRow>()({
  name: 'activities',
  scope: 'partnership',
  fields: { member: 'text', at: 'moment' },
  indexes: { byMember: { on: ['member', 'at'] }, byTime: { on: ['at'] } },
});

/** How many members' last activity a process remembers. */
const MAX_MEMBERS_REMEMBERED = 10_000;

/** One use of the bot by a member. */
export interface Activity {
  partnership: string;
  member: string;
  at: Date;
}

/**
 * Makes the function that records that a member used the bot without writing anything, so that their briefs do not
 * count as ignored. Commands that write have a receipt instead. It writes once an hour at most, and never throws.
 */
export function activityRecorder(
  stores: Stores,
  log: Pick<Log, 'error'>,
): (activity: Activity) => Promise<void> {
  const lastHours = new LRUCache<string, string>({ max: MAX_MEMBERS_REMEMBERED });
  return async ({ partnership, member, at }) => {
    const hour = hourOf(at);
    const key = JSON.stringify([partnership, member]);
    if (lastHours.get(key) === hour) return;
    try {
      await recordActivities([{ member, at }], stores.forPartnership(partnership));
      lastHours.set(key, hour);
    } catch (error) {
      // The store logs its own trouble.
      if (!(error instanceof StoreError)) log.error(errorFields(error), 'activity not recorded');
    }
  };
}

const hourOf = (at: Date): string => `${Math.floor(at.getTime() / ACTIVITY_PRECISION_MS)}`;

/** Records activity: one row for each member and hour. It can be repeated. */
export async function recordActivities(
  all: readonly Pick<ActivityRow, 'member' | 'at'>[],
  store: Store,
): Promise<void> {
  const rows = all.map(({ member, at }) => ({
    id: derivedId('activity', store.partnership, member, hourOf(at)),
    member,
    at,
  }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  await store.of(activities).insertAll([...byId.values()]);
}

/** Whether a member has used the bot since an instant, or up to an hour before it. */
export async function wasActiveSince(
  stores: Stores,
  { partnership, member, since }: { partnership: string; member: string; since: Date },
): Promise<boolean> {
  const range = { field: 'at', from: new Date(since.getTime() - ACTIVITY_PRECISION_MS) } as const;
  const where = { partnership, actor: member, undoable: [true, false] };
  const [wrote, read] = await Promise.all([
    stores.global(receipts).find({ index: 'byActor', where, range }, 1),
    stores
      .forPartnership(partnership)
      .of(activities)
      .find({ index: 'byMember', where: { member }, range }, 1),
  ]);
  return wrote.rows.length + read.rows.length > 0;
}
