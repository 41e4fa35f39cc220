import type { Args, Values } from './args.ts';
import type { Day } from './dates/day.ts';
import type { Member } from './features/members/store.ts';
import type { Partnership } from './features/settings/store.ts';
import type { Place, RawArgs } from './invocation.ts';
import type { Directory } from './names/directory.ts';
import type { Audience, Reply } from './reply.ts';
import type { Right } from './rights.ts';
import type { Store, Stores } from './store.ts';

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

/** What a command works with. */
export interface Deps {
  store: Store;
  stores: Stores;
  /** Global collections; what is written here is taken back by `undo`, as what is written to `store` is. */
  global: Stores['global'];
  partnership: Partnership;
  directory: Directory;
  commands: Commands;
  /** The instant of the command: one for all it writes. */
  now: Date;
  /** An id for something this invocation writes: the same key and label give the same id. */
  id(label: string): string;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
  /** Says that names or roles have changed, so that directories are read again. */
  namesChanged(): Promise<void>;
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
