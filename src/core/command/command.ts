import type { Day } from '../dates/day.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import type { Right } from '../domain/members/rights.ts';
import type { WriteContext } from '../domain/partnerships/write-context.ts';
import type { Place, RawArgs } from '../message/invocation.ts';
import type { Audience, Reply } from '../message/reply.ts';
import type { Stores } from '../ports/store.ts';
import type { Args, Values } from './args.ts';

/** One use of a command, its args read and its actor known. */
export interface Call<S extends Args = Args> {
  args: Values<S>;
  /** The args as they came, typed words in those they were read into: for buttons that keep what was said. */
  raw: RawArgs;
  member: Member;
  place: Place;
  /** Names this use: what `undo` takes. */
  receipt: string;
  now: Date;
  /** The speaker's zone (IANA) and day. */
  zone: string;
  today: Day;
}

/** What a command works with. What is written to `store` and `global` is recorded, and `undo` takes it back. */
export interface Deps extends WriteContext {
  /** Every tenant's rows, unrecorded. */
  stores: Stores;
  /** Global collections, recorded. */
  global: Stores['global'];
  directory: Directory;
  commands: Commands;
  /** An id for something this invocation writes: the same key and label give the same id. */
  id(label: string): string;
}

/** All declared commands, by name. */
export type Commands = ReadonlyMap<string, Command>;

export interface Command<S extends Args = Args> {
  /** One or two lower-case words: `log`, `followup add`. Never reused for something else: old buttons carry it. */
  name: string;
  summary: string;
  /** Lines that work as they are, for help and the reference. */
  examples: readonly string[];
  args: S;
  /** Which args typed words fill, in order: a partner takes the longest fuzzy match, the last text the rest. */
  words?: readonly (keyof S & string)[];
  audience: Audience;
  /** Who may: one row of the table of rights, checked before anything runs, also when a button is pressed. */
  guard: Right;
  /** True when it writes: then a delivery takes effect once, and `undo` can take it back. */
  writes?: true;
  /** True when it changes something all the same, and keeps no answer: `undo` itself, what links places. */
  changes?: true;
  /** What the form shows beyond the args given: the present values of what is to be changed. */
  prefill?(
    args: RawArgs,
    deps: Pick<Deps, 'store' | 'directory'> & { member: Member },
  ): Promise<RawArgs>;
  /** Says that what is asked for has been done, also to somebody who may not (or not any more) ask for it. */
  done?(
    args: RawArgs,
    deps: Pick<Deps, 'stores' | 'partnership' | 'now'>,
  ): Promise<Reply | undefined>;
  run(call: Call<S>, deps: Deps): Promise<Reply>;
}

/** Declares a command; its args' types flow into `run`. */
export function defineCommand<const S extends Args>(command: Command<S>): Command {
  return command as unknown as Command;
}
