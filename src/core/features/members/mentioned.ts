import type { Command } from '../../command.ts';
import { type RawArgs, WORDS } from '../../invocation.ts';
import { mentionedUser } from '../../reading/resolve-member.ts';
import { type ReadContext, readWords } from '../../reading/words.ts';

/** The platform's ids of those whom an invocation's args name as members by mention: `who:<@U1>`, not one in a note. */
export function mentionedUsers(
  command: Command,
  { [WORDS]: words = '', ...given }: RawArgs,
  context: ReadContext,
): string[] {
  const args = { ...given, ...argsIn(command, words, given, context) };
  return Object.entries(command.args).flatMap(([name, { kind }]) => {
    const user = kind === 'member' ? mentionedUser(args[name] ?? '') : undefined;
    return user === undefined ? [] : [user];
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
