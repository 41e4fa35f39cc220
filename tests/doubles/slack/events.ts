import type { Json } from '../json.ts';
import type { Ack, HttpDelivery } from './http-delivery.ts';
import type { ManifestRules } from './manifest-rules.ts';
import * as payloads from './payloads.ts';
import { addUser, installationOf, type NewUser } from './populate.ts';
import { userJson } from './user-object.ts';
import type { Channel, Installation, Team, User, World } from './world.ts';

interface EventDeps {
  world: World;
  delivery: HttpDelivery;
  allowed: ManifestRules;
}

/**
 * Things that happen in a workspace without the app. Each changes the world, and resolves when the app has acknowledged
 * the event; with undefined when the app did not subscribe to it or is not installed.
 */
export function createEvents(deps: EventDeps) {
  const { world } = deps;
  const botOf = (channel: Channel) => installationOf(world, channel.team)?.botUser ?? '';
  const idOf = (user: User | 'app', channel: Channel) =>
    user === 'app' ? botOf(channel) : user.id;
  /** @param fields what has changed. */
  function changed(user: User, fields: Partial<User>) {
    Object.assign(user, { ...fields, updated: Math.floor(world.now() / 1000) });
    return emit(deps, user.team, 'user_change', { user: userJson(user, world) });
  }
  return {
    /** Sends any event, by its name and fields. */
    emit: (team: Team, type: string, fields: Json = {}) => emit(deps, team.id, type, fields),

    /** Users, or the app's bot, join a channel. */
    invite(channel: Channel, ...users: (User | 'app')[]): void {
      for (const user of users) channel.members.add(idOf(user, channel));
    },

    /** A user, or the app's bot, leaves a channel. */
    kick(channel: Channel, user: User | 'app') {
      const id = idOf(user, channel);
      channel.members.delete(id);
      const fields = { user: id, channel: channel.id, team: channel.team };
      return emit(deps, channel.team, 'member_left_channel', { ...fields, channel_type: 'C' });
    },

    archive(channel: Channel, by: User) {
      channel.archived = true;
      const fields = { channel: channel.id, user: by.id, is_moved: 0 };
      return emit(deps, channel.team, 'channel_archive', fields);
    },

    /** An account is closed: the user leaves the workspace. */
    deactivate: (user: User) => changed(user, { deleted: true }),

    /** A user's zone, name or rights change. */
    change: (user: User, fields: Omit<NewUser, 'bot'>) => changed(user, fields),

    /** In an organisation, a user is removed from one workspace. The event names their own. */
    leaveWorkspace: (user: User, from: Team) =>
      changed(user, { teams: (user.teams ?? []).filter((id) => id !== from.id) }),

    /** A new user joins a workspace. */
    async arrive(team: Team, given: NewUser = {}): Promise<User> {
      const user = addUser(world, team, given);
      await emit(deps, team.id, 'team_join', { user: userJson(user, world) });
      return user;
    },

    /** The app is removed: its token ends, and two events follow, in no certain order. */
    async uninstall(team: Team): Promise<void> {
      const app = end(team, 'uninstalled');
      await emit(deps, team.id, 'tokens_revoked', { tokens: { bot: [app.botUser] } }, app);
      await emit(deps, team.id, 'app_uninstalled', {}, app);
    },

    /** An organisation takes its installation away from one of its workspaces, or gives it back. */
    async serve(team: Team, isServed: boolean): Promise<void> {
      const before = installationOf(world, team.id);
      team.isLeftOut = !isServed;
      const type = isServed ? 'team_access_granted' : 'team_access_revoked';
      await emit(
        deps,
        team.id,
        type,
        { team_ids: [team.id] },
        before ?? installationOf(world, team.id),
      );
    },

    /** The app's token is revoked; the app stays installed. */
    revoke(team: Team) {
      const app = end(team, 'revoked');
      return emit(deps, team.id, 'tokens_revoked', { tokens: { bot: [app.botUser] } }, app);
    },
  };

  function end(team: Team, state: 'revoked' | 'uninstalled'): Installation {
    const app = installationOf(world, team.id);
    if (!app) throw new Error(`The app is not installed in ${team.name}.`);
    for (const one of world.installations)
      if (one.team === app.team && one.enterprise === app.enterprise) one.state = state;
    return app;
  }
}

async function emit(
  { world, delivery, allowed }: EventDeps,
  teamId: string,
  type: string,
  fields: Json,
  app = installationOf(world, teamId),
): Promise<Ack | undefined> {
  world.changed();
  const team = world.teams.get(teamId);
  if (!team || !app || !delivery.open || !allowed.subscribed(type)) return undefined;
  const payload = payloads.event(world, team, app, { type, ...fields });
  return delivery.deliver({ kind: 'events_api', payload });
}
