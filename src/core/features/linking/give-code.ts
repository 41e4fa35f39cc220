import type { Deps } from '../../command/command.ts';
import { type Joins, linkCodes } from '../../domain/link-codes/link-code.ts';
import type { Member } from '../../domain/members/member.ts';
import { Conflict, type Stores } from '../../ports/store.ts';
import { CODE_LIFE, codeHash, newCode } from './code.ts';

/** The most old codes that are removed at once. */
const MOST_OLD = 50;

/** Gives a member a code that works once, for ten minutes. One they were given before works no more. */
export async function giveCode(
  joins: Joins,
  { id: member }: Member,
  { stores, partnership, now }: Pick<Deps, 'stores' | 'partnership' | 'now'>,
): Promise<string> {
  const rows = stores.global(linkCodes);
  await removeOld(now, stores);
  const before = await rows.find({
    index: 'byMember',
    where: { partnership: partnership.id, member },
  });
  for (const { id, taken } of before) if (taken === null) await rows.remove(id);
  for (;;) {
    const code = newCode();
    const until = new Date(now.getTime() + CODE_LIFE);
    const facts = { joins, partnership: partnership.id, member, until, taken: null, done: false };
    try {
      await rows.insert({ id: codeHash(code), ...facts });
      return code;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** Codes that nobody typed in time. */
async function removeOld(now: Date, stores: Stores): Promise<void> {
  const rows = stores.global(linkCodes);
  const range = { field: 'until', before: now } as const;
  const old = await rows.find({ index: 'byUntil', range, limit: MOST_OLD });
  for (const { id } of old) await rows.remove(id);
}
