import { derivedId } from '../base/id.ts';
import type { Command } from '../command/command.ts';
import { type Directory, directoriesOf } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import type { CommandReceipt } from '../domain/receipts/receipt.ts';
import { type Invocation, type RawArgs, WORDS } from '../message/invocation.ts';
import { parseWords } from '../parsing/parse-words.ts';
import type { Stores } from '../ports/store.ts';

/** What is known of one invocation after it is authorized. */
export interface CommandContext {
  invocation: Invocation;
  command: Command;
  partnership: Partnership;
  directory: Directory;
  member: Member;
  now: Date;
  /** The member's time zone: an IANA name. */
  zone: string;
  /** The key of the invocation, or of the question whose button was pressed. The same key has one effect. */
  key: string;
  /** The id of the command's receipt. */
  receipt: string;
  /** The receipt, if the command was executed before. */
  existingReceipt: CommandReceipt | undefined;
}

/** The args with typed words parsed into the args they belong to, to fill in a form. Words that cannot be parsed go into the last arg. */
export function expandTypedArgs({
  command,
  invocation,
  directory,
  now,
  zone,
}: CommandContext): RawArgs {
  const { [WORDS]: words = '', ...named } = invocation.args;
  if (words.trim() === '') return named;
  const last = command.words?.at(-1);
  try {
    const read = parseWords(command, words, { directory, now, zone });
    const { unresolved } = read;
    const rest = unresolved && last ? { [last]: unresolved.words || unresolved.typed } : {};
    return { ...named, ...read.args, ...rest };
  } catch {
    return last ? { ...named, [last]: words } : named;
  }
}

/** What the args of a command are resolved with. The same invocation and label give the same id. */
export function resolveContextOf(context: CommandContext) {
  const { invocation, key } = context;
  const { place, profiles, unanswered, roles, partnership } = invocation;
  const id = (label: string) => derivedId(partnership, key, label);
  return { ...context, place, profiles, unanswered, roles, id };
}

/**
 * The context with the partnership, its names and the member as they are now. Undefined if the partnership is gone. A
 * member who is gone stays as they were.
 */
export async function readAgain(
  context: CommandContext,
  stores: Stores,
): Promise<CommandContext | undefined> {
  const { id } = context.partnership;
  const partnership = await stores.forPartnership(id).of(partnerships).get(id);
  if (!partnership) return undefined;
  const directory = await directoriesOf(stores).of(partnership);
  const member = directory.member(context.member.id) ?? context.member;
  return { ...context, partnership, directory, member };
}
