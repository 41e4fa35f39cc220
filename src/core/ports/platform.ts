import type { CredentialError } from '../base/credential-error.ts';
import type { Address } from '../message/address.ts';
import type { Form } from '../message/form.ts';
import type { Identity, Invocation } from '../message/invocation.ts';
import type { Audience, Reply } from '../message/reply.ts';

/** What the bot answers to an invocation. */
export interface Answer {
  reply: Reply;
  audience: Audience;
  /** Set when a form is to be opened; then `reply.text` says why, for platforms that cannot. */
  form?: Form;
}

/** The bot as an adapter sees it. */
export interface Bot {
  handle(invocation: Invocation): Promise<Answer>;
  /**
   * Does what an answer takes, looking up who asks and where included, when it is its turn: so many are answered at once,
   * and workspaces take turns.
   * @param workspace its id on its platform; in direct messages that belong to none, the user's.
   * @throws TooMany, at once, where too many wait already.
   */
  enqueue<T>(workspace: string, work: () => Promise<T>): Promise<T>;
  /** Tells of every partnership in which somebody may have changed something, wherever they are. @returns what ends it. */
  onChange(hear: (partnership: string) => void): () => void;
  /** Splits a typed line into command and words; pure. An unknown command comes back as it was typed. */
  read(line: string): Pick<Invocation, 'command' | 'args'>;
  /** Whether a form has to be the first answer; pure, since a platform waits only seconds for that answer. */
  asks(invocation: Pick<Invocation, 'command' | 'args'>): boolean;
  /** Values to pick from while an arg is being typed, the best first. */
  choices(asked: Asked): Promise<readonly Choice[]>;
  /** Completions for a line being typed, the best first: commands, args, partners, members. */
  complete(line: string, partnership: string): Promise<readonly Completion[]>;
}

/** An arg that is being filled in. */
interface Asked {
  partnership: string;
  /** Who types: only members are told names. */
  actor: Identity;
  command: string;
  arg: string;
  /** What has been typed so far. */
  typed: string;
  /** The most choices wanted. */
  most: number;
}

/** A value to pick: as an invocation carries it, and as people read it. */
export interface Choice {
  value: string;
  label: string;
}

export interface Completion {
  /** The whole line when this one is taken. */
  line: string;
  label: string;
  summary: string;
}

/** A message Convenor owes. */
export interface Outgoing {
  /** The delivery's id: travels with the message, so that `find` can tell whether it arrived. */
  delivery: string;
  partnership: string;
  address: Address;
  reply: Reply;
}

export type SendResult =
  /** `id`: the platform's id of the message. */
  | { outcome: 'sent'; id: string }
  /** Not now: try again after `ms` (a rate limit). Certain that nothing was posted. */
  | { outcome: 'later'; ms: number }
  /** Nobody knows whether it was posted (a lost answer). */
  | { outcome: 'unknown' }
  /** It never will be: `reason` in words a coordinator understands. */
  | { outcome: 'permanent'; reason: string };

/** What became of a call that failed. */
export type Failure = Exclude<SendResult, { outcome: 'sent' }>;

/** A platform: five verbs, none optional. It pushes what it hears into `bot.handle`. */
export interface Adapter {
  readonly platform: string;
  start(bot: Bot): Promise<void>;
  send(message: Outgoing): Promise<SendResult>;
  /** Replaces a delivered message, by the ledger's address and the platform's message id, at any age. */
  edit(address: Address, message: string, reply: Reply): Promise<SendResult>;
  /** @returns the platform's id of a delivery's message if it was posted, undefined if it was not (or cannot be told). */
  find(message: Outgoing): Promise<string | undefined>;
  stop(): Promise<void>;
  /** What keeps it from working, once started, until somebody mends a setting. */
  readonly trouble?: CredentialError | undefined;
}
