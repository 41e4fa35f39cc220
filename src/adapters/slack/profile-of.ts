import type { WebClient } from '@slack/web-api';
import { errorFields, type Log } from '../../core/base/log.ts';
import { ADMITS_NOBODY, workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Profile } from '../../core/message/invocation.ts';
import type { Adapter } from '../../core/ports/platform.ts';
import { StoreError, type Stores } from '../../core/ports/store.ts';
import { NOT_ASKED } from '../shared/request.ts';
import type { ChannelMembers } from './channel-members.ts';
import type { Clients } from './connection/clients.ts';
import { isRemoval } from './connection/errors.ts';
import type { SlackUser } from './input/payloads.ts';
import { nameOf, type Users } from './users.ts';

/** What profiles are made with. */
export interface ProfileDeps {
  users: Users;
  channelMembers: ChannelMembers;
  clients: Clients;
  stores: Stores;
  /** User id of the person who installed Convenor in a workspace; undefined if it is not known. */
  installerOf(team: string): Promise<string | undefined>;
  log: Pick<Log, 'warn'>;
}

/** A workspace, with what decides who may join there. */
export interface ProfileWorkspace {
  team: string;
  client: WebClient;
  /** User id of the person who installed Convenor, who may set it up. */
  installer: string | undefined;
  /** What lets people in there (see `Workspace.admits`). */
  admits: string | null;
}

/** Makes the function that asks Slack what a user is in a workspace. Its answers are at most an hour old. */
export function createProfileOf(deps: ProfileDeps): Adapter['profileOf'] {
  const { users, clients, stores, installerOf, log } = deps;
  return async (identity) => {
    const { workspace: team, user: id } = identity;
    try {
      const client = await clients.of(team);
      if (!client) return NOT_ASKED;
      const [workspace, installer, user] = await Promise.all([
        workspaceAt(stores, identity),
        installerOf(team),
        users.get(team, id, client),
      ]);
      return await profileIn(
        { team, client, installer, admits: workspace?.admits ?? null },
        user,
        deps,
      );
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (isRemoval(error)) return NOT_ASKED;
      log.warn(errorFields(error), 'slack does not tell who somebody is');
      return undefined;
    }
  };
}

/**
 * A user's profile for the bot.
 * @returns undefined if Slack does not tell whether they are in the channel whose members may join.
 */
export async function profileIn(
  { team, client, installer, admits }: ProfileWorkspace,
  user: SlackUser,
  { channelMembers, log }: Pick<ProfileDeps, 'channelMembers' | 'log'>,
): Promise<Profile | undefined> {
  const standing = standingOf(user, team, installer);
  const profile: Profile = {
    name: nameOf(user) ?? user.id,
    zone: user.tz ?? null,
    standing,
    admits,
    ...(isBot(user) ? { isBot: true } : {}),
  };
  if (standing !== 'full' || admits === null) return profile;
  if (admits === ADMITS_NOBODY) return { ...profile, standing: 'visitor' };
  try {
    const isIn = await channelMembers.has({ team, channel: admits }, user.id, client);
    return isIn ? profile : { ...profile, standing: 'visitor' };
  } catch (error) {
    log.warn(errorFields(error), 'slack does not tell who is in a channel');
    return undefined;
  }
}

/**
 * What a user is in a workspace, if all full members may join.
 * @param installer user id of the person who installed Convenor there, who may set it up.
 */
export function standingOf(
  user: SlackUser,
  team: string,
  installer?: string,
): Exclude<Profile['standing'], 'visitor'> {
  if (isBot(user) || user.is_stranger) return 'guest';
  if (user.deleted || !belongsTo(user, team)) return 'gone';
  if (user.is_restricted || user.is_ultra_restricted) return 'guest';
  const isAdmin = user.is_owner || user.is_admin || user.is_primary_owner;
  return isAdmin || user.id === installer ? 'owner' : 'full';
}

/** Slackbot is the only bot without `is_bot`: https://docs.slack.dev/reference/methods/users.list */
const isBot = (user: SlackUser): boolean => user.is_bot === true || user.id === 'USLACKBOT';

/** Whether a user is in a workspace. In an organisation they may be in several, or none. */
function belongsTo(
  { team_id: home, enterprise_user: inOrganisation }: SlackUser,
  team: string,
): boolean {
  return inOrganisation?.teams?.includes(team) ?? (home === undefined || home === team);
}
