import type { Json } from '../json.ts';
import { ObservableWorld } from '../observable-world.ts';

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  /** An app's own role. */
  managed: boolean;
  /** The bot that Discord made it for. */
  bot?: string;
}

export interface Member {
  user: string;
  nick: string | undefined;
  roles: Set<string>;
  /** Time in ms since 1970 UTC. */
  joined: number;
}

/** A Discord server. Its first role is @everyone, with the guild's own id. */
export interface Guild {
  id: string;
  name: string;
  owner: string;
  /** The id of the channel for Discord's own messages. */
  systemChannel: string | null;
  roles: Role[];
  members: Map<string, Member>;
}

export interface User {
  id: string;
  /** The handle, in lower case. */
  username: string;
  /** The display name. */
  name: string;
  bot: boolean;
  /** Whether they accept direct messages from members of their servers. */
  direct: 'open' | 'closed';
}

/** A file that a user or the app has uploaded. */
export interface StoredFile {
  id: string;
  name: string;
  content: Buffer | string;
}

/** What a role or a member may or may not do in one channel. */
export interface Overwrite {
  id: string;
  of: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  id: string;
  /** Undefined for a direct channel. */
  guild: string | undefined;
  kind: 'text' | 'direct' | 'thread' | 'private thread';
  name: string;
  /** The channel that a thread belongs to. */
  parent: string | undefined;
  overwrites: Overwrite[];
  /** The members of a thread or a direct channel. */
  members: Set<string>;
  /** The user who made a thread. */
  owner: string | undefined;
  archived: boolean;
  position: number;
}

/** The content of a message. */
export interface Content {
  content: string;
  components: Json[];
  embeds: Json[];
  flags: number;
}

export interface Message extends Content {
  id: string;
  channel: string;
  author: string;
  /** 0: plain; 19: a reply; 20: the answer to a slash command; 23: the answer to a message command. */
  kind: number;
  /** Time in ms since 1970 UTC. */
  at: number;
  /** Time in ms since 1970 UTC; undefined when it was never edited. */
  edited: number | undefined;
  /** The id of the only user who sees it. */
  only: string | undefined;
  /** The ids of its attachments. */
  files: readonly string[];
  /** The id of the message that it replies to. */
  replyTo: string | undefined;
  /** Ids of the users and roles that it notifies, and `everyone`. */
  pings: string[];
  nonce: string | number | undefined;
  /** The interaction that it answers, as in `interaction_metadata`. */
  source: Json | undefined;
}

/** A modal that is open for a user. */
export interface Modal {
  id: string;
  user: string;
  channel: Channel;
  /** The message whose button opened it. */
  message: Message | undefined;
  /** What the app sent. */
  sent: Json;
  /** The interaction that opened it, as submissions describe it. */
  source: Json;
}

export interface Choice {
  name: string;
  value: string | number;
}

/** The kind of an app's first answer. */
export type ResponseKind =
  | 'message'
  | 'deferred'
  | 'update'
  | 'deferred update'
  | 'choices'
  | 'modal';

/** One user action and its results. */
export interface Interaction {
  id: string;
  token: string;
  kind: 'command' | 'suggestion' | 'component' | 'modal';
  user: string;
  channel: Channel;
  /** When it was sent (ms since 1970 UTC). */
  at: number;
  /** The message with the button or menu. */
  message: Message | undefined;
  /** What answers say about it in `interaction_metadata`. */
  source: Json;
  /** The message type of its answers. */
  answerKind: number;
  answered: ResponseKind | undefined;
  /** How long the first answer took (ms). */
  ms: number;
  /** What `@original` means: the first answer, or the message with the button. */
  original: Message | undefined;
  /** The messages that answered, new or edited. */
  answers: Message[];
  modal: Modal | undefined;
  choices: Choice[] | undefined;
}

/** 2015-01-01 in ms since 1970 UTC: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH_MS = 1_420_070_400_000;

/** The state of the Discord double. */
export class World extends ObservableWorld {
  readonly guilds = new Map<string, Guild>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message[]>();
  /** Everything that the app has ever posted, also what was deleted. */
  readonly posted: Message[] = [];
  readonly interactions = new Map<string, Interaction>();
  /** Uploaded files by id. */
  readonly files = new Map<string, StoredFile>();
  /** Each user's open modal. */
  readonly modals = new Map<string, Modal>();
  /** The app's commands: global ones under '', a guild's own under its id. */
  readonly commands = new Map<string, Json[]>();
  readonly app: { id: string; bot: string; token: string };
  /** The double's address, such as `http://127.0.0.1:4000`. */
  url = '';
  #count = 0n;

  constructor() {
    super('Discord');
    const bot = this.id();
    const convenor = { id: bot, username: 'convenor', name: 'Convenor', bot: true } as const;
    this.users.set(bot, { ...convenor, direct: 'closed' });
    const token = [Buffer.from(bot).toString('base64url'), 'double', 'secret'].join('.');
    this.app = { id: this.id(), bot, token };
  }

  /** A new snowflake. */
  id(): string {
    this.#count += 1n;
    return String((BigInt(this.now() - EPOCH_MS) << 22n) | (this.#count & 0x3fffffn));
  }
}
