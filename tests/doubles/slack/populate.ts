import type { Channel, Installation, Team, User, World } from './world.ts';

export type NewUser = Partial<Omit<User, 'id' | 'team'>>;
export type NewChannel = { name?: string; kind?: 'public' | 'private'; members?: readonly User[] };

/** Adds a workspace; with `enterprise` it belongs to that Grid organisation. */
export function addTeam(world: World, name: string, enterprise?: string): Team {
  const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const team = { id: world.id('T'), name, domain, enterprise };
  world.teams.set(team.id, team);
  return team;
}

export function addUser(world: World, team: Team, given: NewUser = {}): User {
  const id = world.id('U');
  const user: User = {
    id,
    team: team.id,
    name: given.name ?? id.toLowerCase(),
    zone: 'Europe/London',
    admin: false,
    owner: false,
    guest: 'no',
    deleted: false,
    bot: false,
    teams: team.enterprise === undefined ? undefined : [team.id],
    updated: Math.floor(world.now() / 1000),
    ...given,
  };
  world.users.set(id, user);
  return user;
}

/** Adds a channel with these members. The app's bot is in it only after it is invited. */
export function addChannel(world: World, team: Team, given: NewChannel = {}): Channel {
  const id = world.id('C');
  const channel: Channel = {
    id,
    team: team.id,
    name: given.name ?? id.toLowerCase(),
    kind: given.kind ?? 'public',
    archived: false,
    members: new Set((given.members ?? []).map((user) => user.id)),
  };
  world.channels.set(id, channel);
  return channel;
}

/** The direct channel between a user and the app's bot, created when it is missing. */
export function directChannel(world: World, user: User, bot: string): Channel {
  const between = (channel: Channel) =>
    channel.kind === 'im' && channel.members.has(user.id) && channel.members.has(bot);
  const existing = [...world.channels.values()].find(between);
  if (existing) return existing;
  const channel: Channel = {
    id: world.id('D'),
    team: user.team,
    name: 'directmessage',
    kind: 'im',
    archived: false,
    members: new Set([user.id, bot]),
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** Installs the app in a team or in a whole organisation, with a new token each time. */
export function install(
  world: World,
  into: { team: Team; orgWide: boolean },
  scopes: Iterable<string>,
): Installation {
  const { team, orgWide } = into;
  const target = {
    team: orgWide ? undefined : team.id,
    enterprise: team.enterprise,
  };
  const former = world.installations.find(
    (one) => one.team === target.team && (!orgWide || one.enterprise === team.enterprise),
  );
  const botUser = former?.botUser ?? addUser(world, team, { name: 'convenor', bot: true }).id;
  const installation: Installation = {
    ...target,
    token: `xoxb-${world.id('')}-${botUser}`,
    botUser,
    bot: former?.bot ?? world.id('B'),
    scopes: new Set(scopes),
    state: 'live',
  };
  world.installations.push(installation);
  return installation;
}

/** The app's live installation for a team: its own, else the organisation's. */
export function installationOf(world: World, teamId: string): Installation | undefined {
  const team = world.teams.get(teamId);
  const enterprise = team?.isLeftOut ? undefined : team?.enterprise;
  const live = world.installations.filter((one) => one.state === 'live').reverse();
  return (
    live.find((one) => one.team === teamId) ??
    live.find((one) => !one.team && enterprise !== undefined && one.enterprise === enterprise)
  );
}
