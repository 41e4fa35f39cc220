import type { Json } from '../json.ts';
import { ObservableWorld } from '../observable-world.ts';

export interface Team {
  id: string;
  name: string;
  domain: string;
  /** The Grid organisation to which it belongs. */
  enterprise: string | undefined;
  /** Whether the organisation's installation does not serve it. */
  isLeftOut?: boolean;
}

export interface User {
  id: string;
  team: string;
  name: string;
  zone: string;
  admin: boolean;
  owner: boolean;
  /** `channel`: a guest in one channel only. */
  guest: 'no' | 'channels' | 'channel';
  deleted: boolean;
  bot: boolean;
  /** The workspaces of an organisation that they are in; undefined outside of one. */
  teams: readonly string[] | undefined;
  /** When they last changed, in Unix seconds. */
  updated: number;
}

export interface Channel {
  id: string;
  team: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  archived: boolean;
  members: Set<string>;
}

export interface Message {
  ts: string;
  /** When it was posted (ms since 1970 UTC). */
  at: number;
  channel: string;
  /** The id of its author, a user or the bot. */
  user: string;
  bot: string | undefined;
  text: string;
  blocks: Json[];
  metadata: Json | undefined;
  thread: string | undefined;
  /** The id of the only user who sees it. */
  only: string | undefined;
  /** The ids of the files that it shares. */
  files: readonly string[];
  edited: boolean;
}

/** A file that an app or a user uploads. */
export interface UploadedFile {
  id: string;
  name: string;
  title: string;
  /** How many bytes the app has announced, or the file of a user is said to have. */
  length: number;
  /** Where the file of a user is, if not at the double. */
  address?: string;
  /** Where its address at the double leads. */
  movedTo?: string;
  /** Undefined before they are uploaded, and after the file was deleted. */
  bytes: Buffer | undefined;
  /** The bot or user who uploads it. */
  owner: string;
  /** Before it is `shared`, nobody sees it. */
  state: 'uploading' | 'shared' | 'deleted';
}

/** A modal or a Home. */
export interface View {
  id: string;
  team: string;
  user: string;
  hash: string;
  root: string;
  previous: string | undefined;
  /** What the app sent. */
  sent: Json;
  /** The trigger that opened it. */
  trigger: string | undefined;
  /** When it was first shown (ms since 1970 UTC). */
  at: number;
}

/** The app in one workspace, or in a whole organisation. */
export interface Installation {
  team: string | undefined;
  enterprise: string | undefined;
  token: string;
  botUser: string;
  bot: string;
  scopes: ReadonlySet<string>;
  state: 'live' | 'revoked' | 'uninstalled';
}

/** Permission to open one modal for one user. */
export interface Trigger {
  id: string;
  user: string;
  team: string;
  at: number;
  used: boolean;
}

/** The state of the Slack double. Ids are unique across all teams. */
export class World extends ObservableWorld {
  readonly teams = new Map<string, Team>();
  readonly enterprises = new Map<string, string>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message[]>();
  readonly files = new Map<string, UploadedFile>();
  readonly installations: Installation[] = [];
  readonly triggers = new Map<string, Trigger>();
  /** Each user's open modals, the top one last. */
  readonly modals = new Map<string, View[]>();
  /** Each user's Home in each team, by `homeKey`. */
  readonly homes = new Map<string, View>();
  readonly app = {
    id: 'A0CONVENOR',
    clientId: '1111.2222',
    clientSecret: 'client-secret',
    signingSecret: 'signing-secret',
    appToken: 'xapp-1-A0CONVENOR-1',
  };
  #count = 0;

  constructor() {
    super('Slack');
  }

  /** A new id, such as `U00000001`. */
  id(letter: string): string {
    this.#count += 1;
    return `${letter}${String(this.#count).padStart(8, '0')}`;
  }

  /** A message's timestamp, never the same twice. */
  ts(): string {
    this.#count += 1;
    return `${Math.floor(this.now() / 1000)}.${String(this.#count % 1_000_000).padStart(6, '0')}`;
  }
}

/** The key of a user's Home in a team. */
export const homeKey = (team: string, user: string) => `${team} ${user}`;
