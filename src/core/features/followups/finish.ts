import type { Deps } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { closed } from '../../domain/followups/rules.ts';
import { successor } from '../../domain/followups/series.ts';
import type { Member } from '../../domain/members/member.ts';
import { UserError } from '../../message/user-error.ts';
import { refuseUnlessOpenFor } from '../../parsing/resolve-followup.ts';
import { insertOnce } from '../../ports/store.ts';

/**
 * Closes an open follow-up as done, and opens the next of its series. The next is written first: cut off between
 * the two, the series goes on, and pressing Done again finds it there. Whoever is faster, there is a next one where
 * it is done, and none where it is not.
 * @returns the next one; `last`: there was a series, and this was its last.
 * @throws UserError when it is not the member's to close, closed, or its reminder is just going out.
 */
export async function finish(
  id: string,
  member: Member,
  deps: Deps,
): Promise<{ next: Followup | undefined; last: boolean }> {
  const rows = deps.store.of(followups);
  for (;;) {
    const row = await rows.get(id);
    if (!row) throw new UserError('That follow-up is gone. See what is open with followup list.');
    refuseUnlessOpenFor(row, member, deps.directory);
    const coming = successor(row, deps);
    const next = coming && (await insertOnce(rows, coming));
    if (await rows.save(closed(row, 'done', deps.now))) {
      // Another who was slower may just have taken theirs away, which is the same.
      if (coming) await insertOnce(rows, coming);
      if (next?.at) deps.wake();
      return { next, last: row.series !== null && !next };
    }
    // Somebody was faster: unless they have done it, there is no next one yet.
    if (!coming || (await isDone(id, deps))) continue;
    await rows.remove(coming.id);
    if (await isDone(id, deps)) await insertOnce(rows, coming);
  }
}

async function isDone(id: string, { store }: Deps): Promise<boolean> {
  return (await store.of(followups).get(id))?.state === 'done';
}
