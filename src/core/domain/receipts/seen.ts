import { derivedId } from '../../base/id.ts';
import { say } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import type { Stores } from '../../ports/store.ts';
import { receipts } from './receipt.ts';

/** How closely it is noted that somebody was there (ms): an hour. */
const SPAN = 3_600_000;

/**
 * Notes that a member was there: somebody who only looks has not ignored anything. Commands that write leave their
 * own row; others leave at most one an hour.
 */
export async function noteSeen(
  stores: Stores,
  { partnership, member, at }: { partnership: string; member: string; at: Date },
): Promise<void> {
  const hour = `${Math.floor(at.getTime() / SPAN)}`;
  const row = {
    id: derivedId('seen', partnership, member, hour),
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

/** Whether a member has done anything since an instant: a command, a press, a form; an hour before counts too. */
export async function wasSeenSince(
  stores: Stores,
  { partnership, member, since }: { partnership: string; member: string; since: Date },
): Promise<boolean> {
  const rows = await stores.global(receipts).find({
    index: 'byActor',
    where: { partnership, actor: member, undoable: [true, false] },
    range: { field: 'at', from: new Date(since.getTime() - SPAN) },
    limit: 1,
  });
  return rows.length > 0;
}
