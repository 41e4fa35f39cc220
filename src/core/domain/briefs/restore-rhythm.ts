import { type Store, updateWithRetry } from '../../ports/store.ts';
import { type Member, members } from '../members/member.ts';
import { changesForUse } from '../members/rules.ts';
import { namesChanged } from '../partnerships/partnership.ts';

/** Gives a member their own rhythm back if the bot made their briefs rarer: they are using it again. */
export async function restoreRhythm(member: Member, store: Store): Promise<Member> {
  if (!member.steppedBackAt) return member;
  const restored = await updateWithRetry(store.of(members), member.id, (row) => {
    const changes = changesForUse(row);
    return changes && { ...row, ...changes };
  });
  await namesChanged(store, { partners: [], members: [member.id] });
  return restored ?? member;
}
