import type { Command } from '../command/command.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import type { Inbound } from '../domain/receipts/receipt.ts';
import { type Invocation, type RawArgs, WORDS } from '../message/invocation.ts';
import { readWords } from '../parsing/words.ts';

/** Everything known about one invocation once its tenant and actor are. */
export interface Scene {
  invocation: Invocation;
  command: Command;
  partnership: Partnership;
  directory: Directory;
  member: Member;
  now: Date;
  zone: string;
  /** Names this delivery; the buttons of one question share one, so that pressing two has one effect. */
  key: string;
  /** The id of the inbound row: what `undo` takes back. */
  receipt: string;
  /** What was answered to this delivery when it came before. */
  standing: Inbound | undefined;
}

/** The args with typed words read into the boxes they belong to; words that cannot be read go into the last one. */
export function spread({ command, invocation, directory, now, zone }: Scene): RawArgs {
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
