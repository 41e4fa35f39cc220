import type { Command } from '../command/command.ts';
import { type RawArgs, WORDS } from '../message/invocation.ts';
import { mentionedUser } from '../parsing/resolve-member.ts';
import { type ReadContext, readWords } from '../parsing/words.ts';

/** Somebody whom an arg names by mention. `letIn`: the command makes a member of them itself. */
export interface MentionedUser {
  user: string;
  letIn: boolean;
}

/** Those whom an invocation's args name as members by mention, by the platform's id: `who:<@U1>`, not one in a note. */
export function mentionedUsers(
  command: Command,
  { [WORDS]: words = '', ...given }: RawArgs,
  context: ReadContext,
): MentionedUser[] {
  const args = { ...given, ...argsIn(command, words, given, context) };
  return Object.entries(command.args).flatMap(([name, arg]) => {
    if (arg.kind !== 'member') return [];
    const user = mentionedUser(args[name] ?? '');
    return user === undefined ? [] : [{ user, letIn: arg.add === true }];
  });
}

/** What cannot be read names nobody: the command will say so itself. */
function argsIn(command: Command, words: string, given: RawArgs, context: ReadContext): RawArgs {
  try {
    return readWords(command, words, context, given).args;
  } catch {
    return {};
  }
}
