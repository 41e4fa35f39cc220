import { bitsOf, EVERYONE, type Permission } from './permissions.ts';
import type { Channel, Guild, Overwrite, Role, User, World } from './world.ts';

export interface NewUser {
  name?: string;
  /** Whether they own the guild. */
  owner?: boolean;
  roles?: readonly Role[];
  nick?: string;
  bot?: boolean;
  direct?: User['direct'];
}
export interface NewRole {
  name?: string;
  permissions?: readonly Permission[];
}
export interface NewChannel {
  name?: string;
  /** `private`: only these members see it, and the app after it is invited. */
  kind?: 'public' | 'private';
  members?: readonly User[];
}

/** The permissions for which the install link asks. */
const ASKED: readonly Permission[] = [
  ...(['ViewChannel', 'SendMessages', 'SendMessagesInThreads'] as const),
  ...(['CreatePrivateThreads', 'ReadMessageHistory', 'EmbedLinks'] as const),
];

/** A server without channels, whose owner is not a known user yet. */
export function addGuild(world: World, name: string): Guild {
  const id = world.id();
  const everyone = { id, name: '@everyone', permissions: EVERYONE, position: 0, managed: false };
  const owner = world.id();
  const guild = { id, name, owner, systemChannel: null, roles: [everyone], members: new Map() };
  world.guilds.set(id, guild);
  return guild;
}

export function addRole(world: World, guild: Guild, given: NewRole = {}): Role {
  const role: Role = {
    id: world.id(),
    name: given.name ?? 'role',
    permissions: bitsOf(given.permissions ?? []),
    position: guild.roles.length,
    managed: false,
  };
  guild.roles.push(role);
  return role;
}

/** Adds a user who is a member of this guild. */
export function addUser(world: World, guild: Guild, given: NewUser = {}): User {
  const id = world.id();
  const name = given.name ?? `member-${id.slice(-4)}`;
  const username = name.toLowerCase().replace(/[^a-z0-9_.]+/g, '_');
  const { bot = false, direct = 'open' } = given;
  const user = { id, username, name, bot, direct };
  world.users.set(id, user);
  join(world, guild, user, given);
  return user;
}

/** Makes a user a member of a guild. */
export function join(world: World, guild: Guild, user: User, given: NewUser = {}): void {
  const roles = new Set((given.roles ?? []).map(({ id }) => id));
  guild.members.set(user.id, { user: user.id, nick: given.nick, roles, joined: world.now() });
  if (given.owner) guild.owner = user.id;
}

/** Adds the app's bot to a guild, with a role of its own. @param joined time in ms since 1970 UTC */
export function install(
  world: World,
  guild: Guild,
  permissions = ASKED,
  joined = world.now(),
): void {
  const role = addRole(world, guild, { name: 'Convenor', permissions });
  role.managed = true;
  role.bot = world.app.bot;
  const bot = world.users.get(world.app.bot);
  if (!bot) return;
  join(world, guild, bot, { roles: [role] });
  const member = guild.members.get(bot.id);
  if (member) member.joined = joined;
}

export function addChannel(world: World, guild: Guild, given: NewChannel = {}): Channel {
  const channel: Channel = {
    ...bare(world),
    guild: guild.id,
    kind: 'text',
    name: given.name ?? 'channel',
    position: world.channels.size,
  };
  if (given.kind === 'private') {
    deny(channel, { id: guild.id, of: 'role' }, ['ViewChannel']);
    for (const { id } of given.members ?? []) allow(channel, { id, of: 'member' }, ['ViewChannel']);
  }
  world.channels.set(channel.id, channel);
  return channel;
}

/** Adds a thread to a channel; its owner is in it. */
export function addThread(
  world: World,
  parent: Channel,
  given: { name: string; kind: 'thread' | 'private thread'; owner: string },
): Channel {
  const members = new Set([given.owner]);
  const { guild } = parent;
  const thread = { ...bare(world), guild, parent: parent.id, members, ...given };
  world.channels.set(thread.id, thread);
  return thread;
}

/** The direct channel between a user and the app, created when it is missing. */
export function directChannel(world: World, user: User): Channel {
  const existing = [...world.channels.values()].find(
    ({ kind, members }) => kind === 'direct' && members.has(user.id),
  );
  if (existing) return existing;
  const members = new Set([user.id, world.app.bot]);
  const channel: Channel = { ...bare(world), kind: 'direct', name: '', members };
  world.channels.set(channel.id, channel);
  return channel;
}

function bare(world: World) {
  return {
    id: world.id(),
    guild: undefined,
    parent: undefined,
    overwrites: [],
    members: new Set<string>(),
    owner: undefined,
    archived: false,
    position: 0,
  };
}

type Whose = Pick<Overwrite, 'id' | 'of'>;

export function allow(channel: Channel, whose: Whose, permissions: readonly Permission[]): void {
  const overwrite = overwriteOf(channel, whose);
  overwrite.allow |= bitsOf(permissions);
  overwrite.deny &= ~bitsOf(permissions);
}

export function deny(channel: Channel, whose: Whose, permissions: readonly Permission[]): void {
  const overwrite = overwriteOf(channel, whose);
  overwrite.deny |= bitsOf(permissions);
  overwrite.allow &= ~bitsOf(permissions);
}

function overwriteOf(channel: Channel, { id, of }: Whose): Overwrite {
  const existing = channel.overwrites.find((one) => one.id === id);
  if (existing) return existing;
  const overwrite = { id, of, allow: 0n, deny: 0n };
  channel.overwrites.push(overwrite);
  return overwrite;
}
