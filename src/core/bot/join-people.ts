import type { Command } from '../command/command.ts';
import { type JoinContext, joinMentioned } from '../domain/joining/join.ts';
import { type Member, zoneOf } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { type Invocation, type RawArgs, WORDS } from '../message/invocation.ts';
import { parseWords } from '../parsing/parse-words.ts';
import { mentionedUser } from '../parsing/resolve-member.ts';
import type { ParseContext } from '../parsing/split-value.ts';

/**
 * Makes members of people who are mentioned in an arg, so that `who:@sam` works before Sam's first command.
 * @returns whether anybody joined.
 */
export async function joinMentionedUsers(
  { invocation, command }: { invocation: Invocation; command: Command },
  member: Member,
  context: JoinContext,
): Promise<boolean> {
  const { args, place, profiles = {} } = invocation;
  const { platform, workspace } = place;
  const identityOf = (user: string) => ({ platform, workspace, user });
  const isUnknown = (user: string) => !context.directory.memberOf(identityOf(user));
  if (!may(member.role, 'note things') || !Object.keys(profiles).some(isUnknown)) return false;
  const zone = zoneOf(member, context.partnership);
  const people = usersInMemberArgs(command, args, { ...context, zone }).flatMap(
    ({ user, letIn }) => {
      const profile = profiles[user];
      return profile ? [{ identity: identityOf(user), profile, letIn }] : [];
    },
  );
  return joinMentioned(people, member, context);
}

/** A user who is mentioned in an arg. */
interface MentionedUser {
  /** The platform's id of the user. */
  user: string;
  /** The command itself makes them a member. */
  letIn: boolean;
}

/** The users that are mentioned as the value of a member arg (`who:<@U1>`). A mention in a text arg does not count. */
function usersInMemberArgs(
  command: Command,
  { [WORDS]: words = '', ...given }: RawArgs,
  context: ParseContext,
): MentionedUser[] {
  const args = { ...given, ...parsedArgs(command, words, given, context) };
  return Object.entries(command.args).flatMap(([name, arg]) => {
    if (arg.kind !== 'member') return [];
    const users = (args[name] ?? '').split(', ').map(mentionedUser);
    return users.flatMap((user) => (user === undefined ? [] : { user, letIn: arg.add === true }));
  });
}

/** Typed words that cannot be parsed mention nobody; the error comes when the command is executed. */
function parsedArgs(
  command: Command,
  words: string,
  given: RawArgs,
  context: ParseContext,
): RawArgs {
  try {
    return parseWords(command, words, context, given).args;
  } catch {
    return {};
  }
}
