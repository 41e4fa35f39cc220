import type { Day } from '../dates/day.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import type { Right } from '../domain/members/rights.ts';
import type { WriteContext } from '../domain/partnerships/write-context.ts';
import type { Invocation, Place, RawArgs } from '../message/invocation.ts';
import type { Audience, Reply } from '../message/reply.ts';
import { commandText, type InlineNode } from '../message/rich-text.ts';
import type { ErasureRecords } from '../ports/erasure-records.ts';
import type { Adapter, Choice } from '../ports/platform.ts';
import type { Store, Stores } from '../ports/store.ts';
import type { Args, Values } from './args.ts';

/** One use of a command, with its args read and its member known. */
export interface Call<S extends Args = Args> {
  args: Values<S>;
  /** The same args as strings, for buttons that keep what was typed. */
  raw: RawArgs;
  member: Member;
  place: Place;
  /** Whether it was typed as a message that others in the place have read. */
  spokenInPublic: boolean;
  /** See {@link Invocation.channels}. */
  channels: Invocation['channels'];
  /** See {@link Invocation.roles}. */
  roles: Invocation['roles'];
  /** The id of the receipt of this use: `undo` takes it. */
  receipt: string;
  now: Date;
  /** The member's time zone: an IANA name. */
  zone: string;
  /** The day it is for the member. */
  today: Day;
}

/**
 * What a command works with. What it writes to `store`, `trackedGlobal` and `untracked` is stored together once it has
 * run. A command sees its own writes before they are stored. Without `writes: true`, each write is stored at once.
 */
export interface Deps extends WriteContext {
  /** The stores of all partnerships. They do not show what the command has just written, and store each write at once. */
  stores: Stores;
  /** Global collections. `undo` tracks writes to them. */
  trackedGlobal: Stores['global'];
  /** The same rows as `store`. `undo` does not track writes to them: it recomputes these values. */
  untracked: Store;
  directory: Directory;
  commands: Commands;
  /** What is kept of erasures outside the store; undefined where nothing can be erased. */
  erasureRecords: ErasureRecords | undefined;
  /** See `Adapter.postingProblem`. It answers within a second or two. */
  postingProblem: Adapter['postingProblem'];
  /** An id for a row that this invocation writes. The same invocation and label give the same id. */
  id(label: string): string;
  /** Which row each typed word was resolved to, by id. A second run of the command reuses it. */
  resolvedIds: Map<string, string>;
}

/** All declared commands, by name. */
export type Commands = ReadonlyMap<string, Command>;

/** A way to say a command without its name. */
export interface Phrase {
  /**
   * Lower case, without a mark at its end: `who has gone quiet` is the whole line, `remind me to …` its start, and the
   * words after it are typed for the command; `member add … by-hand` also has an end. Short forms such as "who's" are read too.
   */
  says: string;
  /** Args that the phrase says. */
  args?: RawArgs;
  /** The words that start the line belong to what is typed: "ring the school" is to be done as it stands. */
  keepsLine?: true;
  /** The words after it say nothing to the command. */
  ignoresRest?: true;
  /** The words after it have to name a partner: "show my jobs" is something else. */
  needsPartner?: true;
}

/** What suggestions are made from: who is typing, where and when. */
export type SuggestDeps = Pick<
  Deps,
  'store' | 'stores' | 'directory' | 'commands' | 'partnership' | 'now'
> &
  Pick<Call, 'member' | 'zone'>;

/** Suggests values while an arg is being typed, best first. */
export type Suggest = (
  typed: string,
  deps: SuggestDeps,
) => readonly Choice[] | Promise<readonly Choice[]>;

/** A command, declared as data. Help, the reference, forms and each platform's commands are derived from it. */
export interface Command<S extends Args = Args> {
  /** One or two lower-case words: `log`, `followup add`. Old buttons carry it, so it must never get another meaning. */
  name: string;
  summary: string;
  /** Lines to type, for help and the reference. A command without examples is only used by buttons. */
  examples: readonly string[];
  args: S;
  /** What people say instead of the name. A command that deletes or gives away has none. */
  phrases?: readonly (string | Phrase)[];
  /** The args that words without a name fill, in order. A partner takes the longest match, the last text the rest. */
  words?: readonly (keyof S & string)[];
  audience: Audience;
  /** The right that the command needs. It is checked at each use, buttons included. */
  guard: Right;
  /** Suggestions for texts, by arg. Args of other kinds have their own. */
  suggest?: { readonly [K in keyof S & string]?: Suggest };
  /** The title of its form, as people say what it is for: `A new follow-up`. At most 24 characters, which Slack shows. */
  title?: string;
  /** The label of its form's submit button; undefined: Save. */
  submit?: string;
  /** Writes, and keeps a receipt: a repeated delivery has no second effect, and `undo` can revert it. */
  writes?: true;
  /** Writes, but keeps no receipt: it cannot be undone, and a repeated delivery runs it again. */
  writesWithoutReceipt?: true;
  /** Its answer is a list: the buttons of a row show their answer in it, with the rows as they are then. */
  isList?: true;
  /**
   * Values for the form in addition to the args given: the present values of what the command changes, without what is
   * hidden from the member. An arg of such a form that comes back as '' was emptied.
   */
  prefill?(
    args: RawArgs,
    deps: Pick<Deps, 'store' | 'directory' | 'partnership' | 'now'> & Pick<Call, 'member' | 'zone'>,
  ): Promise<RawArgs>;
  /**
   * Looks at the raw args before anything is read or asked. A reply is the answer: the command does not run, and no
   * question keeps the words.
   */
  screen?(
    args: RawArgs,
    context: Pick<Deps, 'partnership' | 'directory'> & { member: Member; spokenInPublic: boolean },
  ): Reply | undefined;
  /** Optional reply if the work is already done. It is asked even if the member lacks the right. */
  alreadyDone?(
    args: RawArgs,
    deps: Pick<Deps, 'stores' | 'partnership' | 'now'>,
  ): Promise<Reply | undefined>;
  run(call: Call<S>, deps: Deps): Promise<Reply>;
  /**
   * The answer as a channel may see it: of a partner with a tie nothing but its name and the day of contact, and no notes.
   * With it, [Show to everyone] posts it. Its buttons are left out.
   */
  inChannel?(call: Call<S>, deps: Deps): Promise<Reply>;
}

/** A line that stands for a command, to be shown: its name with words, or a phrase. */
export function lineText(line: string, { name }: Pick<Command, 'name'>): InlineNode {
  return line.startsWith(`${name} `)
    ? commandText(name, line.slice(name.length + 1))
    : commandText(line);
}

/** Declares a command. `run` gets values of the types that `args` declares. */
export function defineCommand<const S extends Args>(command: Command<S>): Command {
  return command as unknown as Command;
}
