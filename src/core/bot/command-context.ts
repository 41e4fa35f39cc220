import type { Command } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import type { CommandReceipt } from '../domain/receipts/receipt.ts';
import { type Invocation, type RawArgs, WORDS } from '../message/invocation.ts';
import { readWords } from '../parsing/words.ts';

/** Everything known about one invocation once its partnership and its member are. */
export interface CommandContext {
  invocation: Invocation;
  command: Command;
  partnership: Partnership;
  directory: Directory;
  member: Member;
  now: Date;
  zone: string;
  /** Names this delivery. The buttons of one question share a key, so that pressing two of them has one effect. */
  key: string;
  /** The id of the command's receipt: what `undo` takes back. */
  receipt: string;
  /** The receipt of this delivery, if it came before. */
  existingReceipt: CommandReceipt | undefined;
}

/** The args with typed words read into the boxes they belong to. Words that cannot be read go into the last box. */
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
    const read = readWords(command, words, { directory, now, zone });
    const { unresolved } = read;
    const rest = unresolved && last ? { [last]: unresolved.words || unresolved.typed } : {};
    return { ...named, ...read.args, ...rest };
  } catch {
    return last ? { ...named, [last]: words } : named;
  }
}
