import type { Json } from '../json.ts';
import { ObservableWorld } from '../observable-world.ts';

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  /** An app's own role. */
  managed: boolean;
}

export interface Member {
  user: string;
  nick: string | undefined;
  roles: Set<string>;
  /** In ms. */
  joined: number;
}

/** A server, as people call it. Its first role is everyone's, with the guild's own id. */
export interface Guild {
  id: string;
  name: string;
  owner: string;
  roles: Role[];
  members: Map<string, Member>;
}

export interface User {
  id: string;
  /** The handle, in lower case. */
  username: string;
  /** The name that people see. */
  name: string;
  bot: boolean;
  /** Whether they take direct messages from members of their servers. */
  direct: 'open' | 'closed';
}

/** What a user has sent along. */
export interface StoredFile {
  id: string;
  name: string;
  text: string;
}

/** What a role or a member may do more, or less, in one channel. */
export interface Overwrite {
  id: string;
  of: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  id: string;
  /** None for a direct channel. */
  guild: string | undefined;
  kind: 'text' | 'direct' | 'thread' | 'private thread';
  name: string;
  /** The channel that a thread belongs to. */
  parent: string | undefined;
  overwrites: Overwrite[];
  /** Who is in a thread or a direct channel. */
  members: Set<string>;
  /** Who made a thread. */
  owner: string | undefined;
  archived: boolean;
  position: number;
}

/** The words and parts of a message. */
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
  /** 0 for a plain one, 20 for a command's answer, 23 for one to a message's command. */
  kind: number;
  /** In ms. */
  at: number;
  /** In ms; undefined when it never was. */
  edited: number | undefined;
  /** The only one who sees it. */
  only: string | undefined;
  /** Whom it notifies: ids of users and roles, and `everyone`. */
  pings: string[];
  nonce: string | number | undefined;
  /** What it answers, as Discord tells it in `interaction_metadata`. */
  source: Json | undefined;
}

/** A form that stands open on somebody's screen. */
export interface Modal {
  id: string;
  user: string;
  channel: Channel;
  /** The message whose button opened it. */
  message: Message | undefined;
  /** What the app sent. */
  sent: Json;
  /** What opened it, as submissions tell it. */
  source: Json;
}

export interface Choice {
  name: string;
  value: string | number;
}

/** How an app answered first. */
export type ResponseKind =
  | 'message'
  | 'deferred'
  | 'update'
  | 'deferred update'
  | 'choices'
  | 'modal';

/** One thing that a user did, and what has come of it. */
export interface Interaction {
  id: string;
  token: string;
  kind: 'command' | 'suggestion' | 'component' | 'modal';
  user: string;
  channel: Channel;
  /** When it was sent, in ms. */
  at: number;
  /** The message it was done to: the one pressed. */
  message: Message | undefined;
  /** What answers tell of it, as `interaction_metadata`. */
  source: Json;
  /** The kind of message that answers it. */
  answerKind: number;
  answered: ResponseKind | undefined;
  /** How long the first answer took, in ms. */
  ms: number;
  /** What `@original` means: the answer, or the message that was pressed. */
  original: Message | undefined;
  /** The messages that answered, new or rewritten. */
  answers: Message[];
  modal: Modal | undefined;
  choices: Choice[] | undefined;
}

/** 2015-01-01, in ms: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH_MS = 1_420_070_400_000;

/** All that Discord knows. */
export class World extends ObservableWorld {
  readonly guilds = new Map<string, Guild>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message[]>();
  /** All that the app has ever posted, also what is gone. */
  readonly posted: Message[] = [];
  readonly interactions = new Map<string, Interaction>();
  /** What users have sent along, by id. */
  readonly files = new Map<string, StoredFile>();
  /** Each user's open form. */
  readonly modals = new Map<string, Modal>();
  /** The app's commands: everywhere's under '', a guild's own under its id. */
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
