import type { CredentialError } from '../base/credential-error.ts';
import type { Address, ChannelRef } from '../message/address.ts';
import type { Form } from '../message/form.ts';
import type { Identity, Invocation, Profile } from '../message/invocation.ts';
import type { Audience, Reply } from '../message/reply.ts';

/** What the bot answers to an invocation. */
export interface Answer {
  reply: Reply;
  audience: Audience;
  /** A form to open instead. `reply.text` then says why, for platforms that cannot open it. */
  form?: Form;
  /** Set if a plain line was not understood. Somebody who mentioned the bot only in passing gets no such answer. */
  isUnclear?: true;
  /** Set if nothing was done for a reason that passes. A submitted form then stays open, with what was typed. */
  failed?: true;
}

/** The bot, as an adapter uses it. */
export interface Bot {
  /** Runs a command. Never throws: every failure has an answer that says so. */
  handle(invocation: Invocation): Promise<Answer>;
  /**
   * Runs work as soon as there is room. The work is everything that an answer takes, looking up the user included.
   * Workspaces take turns.
   * @param workspace the workspace's id on its platform; the user's id in a direct message without one.
   * @throws QueueFullError at once if too much work is waiting, else what the work throws.
   */
  enqueue<T>(workspace: string, work: () => Promise<T>): Promise<T>;
  /**
   * Calls the listener with a partnership's id when a command may have changed it.
   * @returns a function that removes the listener.
   */
  onChange(listener: (partnership: string) => void): () => void;
  /** Splits a typed line into the command and its words. An unknown command comes back as it was typed. */
  parseLine(line: string): Pick<Invocation, 'command' | 'args'>;
  /**
   * Whether the first answer may have to be a form. Synchronous, since platforms let a form be opened only within
   * seconds.
   */
  mayNeedForm(invocation: Pick<Invocation, 'command' | 'args'>): boolean;
  /** Values to pick from while an arg is being typed, best first. */
  choices(query: ChoiceQuery): Promise<readonly Choice[]>;
  /** Completions of a line that is being typed, best first: commands, args, partners, members, follow-ups. */
  complete(line: string, typist: Typist): Promise<readonly Completion[]>;
  /**
   * Notes what a platform says of a user without having been asked, such as a new name, or that they are a guest now. It
   * may take away access, and never gives any.
   * @throws StoreError if the store fails.
   */
  profileChanged(identity: Identity, profile: Profile): Promise<void>;
}

/** Somebody who is typing. Only a member of the partnership may see names. */
export interface Typist {
  partnership: string;
  actor: Identity;
  /** What the platform says of them now; undefined: nothing. */
  profile: Profile | undefined;
}

/** An arg that is being typed. */
interface ChoiceQuery extends Typist {
  command: string;
  arg: string;
  /** What has been typed so far. */
  typed: string;
  /** The most choices to return. */
  limit: number;
}

/** A value to pick: as an arg holds it, and as people read it. */
export interface Choice {
  value: string;
  label: string;
}

/** A way to complete a line. */
export interface Completion {
  /** The whole line with the completion. */
  line: string;
  label: string;
  summary: string;
}

/** A message to send that nobody has asked for just now: a reminder, a brief, a digest. */
export interface Outgoing {
  /** The id of the delivery. It is sent with the message, so that `findSent` can find the message again. */
  delivery: string;
  partnership: string;
  address: Address;
  reply: Reply;
  /** Sent with the message, and deleted with it. */
  file?: FileContent;
}

/** A file as a platform gets it. */
export interface FileContent {
  /** Such as `Riverside.txt`. It may have any characters; an adapter changes those that its platform refuses. */
  name: string;
  /** Its media type, such as `text/plain; charset=utf-8`. */
  type: string;
  bytes: Uint8Array;
}

/** The outcome of sending a message. */
export type SendResult =
  /** `id`: the platform's id of the message. */
  | { outcome: 'sent'; id: string }
  /** Certainly not posted: try again after `ms`. Such as for a rate limit. */
  | { outcome: 'later'; ms: number }
  /** It may have been posted, or not: the platform's answer was lost. */
  | { outcome: 'unknown' }
  /**
   * It can never be posted. `reason` says why, in words for a coordinator. `remedy` is set if the person takes no direct
   * messages: how they can allow them.
   */
  | { outcome: 'permanent'; reason: string; remedy?: string };

/** An outcome other than `sent`. */
export type Failure = Exclude<SendResult, { outcome: 'sent' }>;

/** A chat platform. It passes what users do to `bot.handle`, and sends what the bot says. */
export interface Adapter {
  /** The name that identities and places have for the platform: `slack`. */
  readonly platform: string;
  /** Connects, and starts to pass input to the bot. Keeps trying while the platform cannot be reached. */
  start(bot: Bot): Promise<void>;
  /** Sends a message. An error that it throws counts as `unknown`. */
  send(message: Outgoing): Promise<SendResult>;
  /**
   * Looks whether Convenor may post in a channel, or open a private thread there.
   * @returns what to do about it if not, in words for a coordinator; undefined if it may, or the platform does not tell.
   */
  postingProblem(channel: ChannelRef, how: 'post' | 'thread'): Promise<string | undefined>;
  /**
   * Replaces a message of any age.
   * @param address where the message was sent.
   * @param message the platform's id of the message.
   */
  edit(address: Address, message: string, reply: Reply): Promise<SendResult>;
  /**
   * Deletes a message of any age, and the file that was sent with it.
   * @param address where the message was sent.
   * @param message the platform's id of the message.
   * @returns `sent` once it is gone, also if it was gone before.
   */
  remove(address: Address, message: string): Promise<SendResult>;
  /**
   * Looks for the message of a delivery whose outcome is unknown.
   * @returns the platform's id of the message; undefined if it was not posted, or the platform cannot be searched.
   * @throws if the platform does not answer now.
   */
  findSent(message: Outgoing): Promise<string | undefined>;
  /**
   * What the platform says of a user now, for somebody who is to get a message.
   * @returns undefined if the platform does not answer.
   * @throws StoreError if the store fails.
   */
  profileOf(identity: Identity): Promise<Profile | undefined>;
  /** Disconnects, after answers under way are sent. */
  stop(): Promise<void>;
  /** The credential that the platform refuses after the start; undefined while all is well. */
  readonly credentialError?: CredentialError | undefined;
}
