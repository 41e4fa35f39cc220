import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Member, members } from './member.ts';

/** Changes a member, however many are at it, and has the directories read again: they hold members whole. */
export async function changeMember(
  id: string,
  deps: Pick<WriteContext, 'store' | 'namesChanged' | 'wake'>,
  decide: (member: Member) => Member,
): Promise<Member> {
  const changed = await updateWithRetry(deps.store.of(members), id, (row) => {
    if (row.sending)
      throw new UserError('The brief is just going out. Please try again in a minute.');
    return decide(row);
  });
  if (!changed) throw new UserError('That member is gone. See who is here with members.');
  await deps.namesChanged();
  deps.wake();
  return changed;
}
