import { derivedId } from '../../base/id.ts';
import { say } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import type { Stores } from '../../ports/store.ts';
import { receipts } from './receipt.ts';

/** Activity without a write is recorded once an hour at most. */
const ACTIVITY_PRECISION_MS = 3_600_000;

/**
 * Records that a member used the bot without writing anything, so that their briefs do not count as ignored. Commands
 * that write have a receipt instead.
 */
export async function recordActivity(
  stores: Stores,
  { partnership, member, at }: { partnership: string; member: string; at: Date },
): Promise<void> {
  const hour = `${Math.floor(at.getTime() / ACTIVITY_PRECISION_MS)}`;
  const row = {
    id: derivedId('activity', partnership, member, hour),
    partnership,
    command: '',
    actor: member,
    at,
    answer: { reply: say(rich``), audience: 'actor' as const },
    changes: [],
    undoable: false,
  };
  await stores.global(receipts).insertAll([row]);
}

/** Whether a member has used the bot since an instant, or up to an hour before it. */
export async function wasActiveSince(
  stores: Stores,
  { partnership, member, since }: { partnership: string; member: string; since: Date },
): Promise<boolean> {
  const rows = await stores.global(receipts).find({
    index: 'byActor',
    where: { partnership, actor: member, undoable: [true, false] },
    range: { field: 'at', from: new Date(since.getTime() - ACTIVITY_PRECISION_MS) },
    limit: 1,
  });
  return rows.length > 0;
}
