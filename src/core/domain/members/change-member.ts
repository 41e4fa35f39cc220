import { commandText, rich } from '../../message/rich-text.ts';
import { BeingSentError, UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Member, members } from './member.ts';

/**
 * Changes a member, and retries if somebody else changes them at the same time. Directories are brought up to date.
 * @param decide returns the changed member, or undefined to leave them as they are.
 * @throws UserError if the member is gone, or while their brief is being sent.
 */
export async function changeMember(
  id: string,
  deps: Pick<WriteContext, 'store' | 'namesChanged' | 'wake'>,
  decide: (member: Member) => Member | undefined,
): Promise<Member> {
  const changed = await updateWithRetry(deps.store.of(members), id, (row) => {
    if (row.sending)
      throw new BeingSentError(
        'Their brief is being sent right now. Please try again in a minute.',
      );
    return decide(row);
  });
  if (!changed)
    throw new UserError(
      rich`I no longer have that member. See who is here with ${commandText('members')}.`,
    );
  await deps.namesChanged();
  deps.wake();
  return changed;
}
