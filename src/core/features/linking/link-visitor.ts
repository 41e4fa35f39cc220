import { addMember, type JoinContext, memberIdOf } from '../../domain/joining/join.ts';
import type { KnownPerson } from '../../domain/joining/profile.ts';
import { members } from '../../domain/members/member.ts';
import { type RawArgs, WORDS } from '../../message/invocation.ts';
import { type Reply, say } from '../../message/reply.ts';
import { UserError } from '../../message/user-error.ts';
import { linkByCode } from './link.ts';

/**
 * Links somebody who was never let in here: a code shows that they are a member elsewhere in the partnership. They have a
 * member of their own only while the two are merged. Each step can be repeated.
 * @param args of the `link` command.
 * @returns undefined if they typed no code.
 */
export async function linkVisitor(
  person: KnownPerson,
  args: RawArgs,
  context: JoinContext & { wake(): void },
): Promise<Reply | undefined> {
  const code = args.code ?? args[WORDS]?.trim().replace(/^code:\s*/i, '');
  if (!code) return undefined;
  const { identity } = person;
  const { stores, partnership } = context;
  const store = stores.forPartnership(partnership.id);
  const visitor = { id: memberIdOf(identity, partnership.id), identities: [identity] };
  const join = async () => {
    const id = await addMember({ role: 'member', active: false }, person, context);
    const row = await store.of(members).get(id);
    if (!row) throw new Error('A member who was just added is not there.');
    return row;
  };
  try {
    const typed = { code, sure: args.sure !== undefined };
    return await linkByCode(
      typed,
      { taker: visitor, place: identity, join },
      { ...context, store },
    );
  } catch (error) {
    if (error instanceof UserError) return say(error.text);
    throw error;
  }
}
