import { quoteShort } from '../../base/text.ts';
import type { Call, Deps } from '../../command/command.ts';
import type { Member } from '../../domain/members/member.ts';
import { hasSameWords, wordsOfName } from '../../domain/personal-data/find-name.ts';
import { UserError } from '../../message/user-error.ts';
import { mentionedUser, resolveMember } from '../../parsing/resolve-member.ts';

/** The longest name, in characters. */
const MAX_NAME_LENGTH = 80;

export const nameArg = {
  kind: 'text',
  max: MAX_NAME_LENGTH,
  needed: true,
  summary: 'The full name of a member, or of somebody at a partner',
  ask: 'Whose?',
} as const;

export const whoArg = {
  kind: 'member',
  past: true,
  summary: 'Which member. Its button fills this in',
  fromButton: true,
} as const;

/** Somebody about whom a coordinator asks. */
export interface Who {
  name: string;
  /** Null: they are no member. */
  member: Member | null;
}

/** The member or other person that a name stands for. @throws UserError if it is no name, or that of several members. */
export function findWho(
  args: { name: string; who?: { id: string } | undefined },
  { member, place }: Pick<Call, 'member' | 'place'>,
  { directory }: Pick<Deps, 'directory'>,
): Who {
  const typed = args.name.trim();
  const reference =
    args.who ??
    (mentionedUser(typed) !== undefined || /^@?me$/i.test(typed)
      ? resolveMember('name', whoArg, typed, { directory, member, place })
      : undefined);
  const known = reference && directory.member(reference.id);
  if (known) return { name: known.name, member: known };
  const words = wordsOfName(typed);
  if (words.join(' ').length < 2) throw new UserError('I need a name, such as "Jane Doe".', 'name');
  const named = directory.members.filter(({ name }) => hasSameWords(name, words));
  const [one, ...more] = named;
  if (more.length > 0)
    throw new UserError(
      `There are ${named.length} members called "${quoteShort(typed)}". Please mention the one you mean.`,
      'name',
    );
  return { name: one?.name ?? typed, member: one ?? null };
}
