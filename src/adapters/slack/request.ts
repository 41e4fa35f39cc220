import type { WebClient } from '@slack/web-api';
import type { Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Invocation } from '../../core/message/invocation.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { ReaderDeps } from '../shared/reader-context.ts';
import {
  findOrRegisterWorkspace,
  mentionedUsers,
  profilesOf,
  type RequestedCommand,
} from '../shared/request.ts';
import type { Clients } from './connection/clients.ts';
import { PLATFORM } from './connection/platform.ts';
import type { SlackInput } from './input/input.ts';
import { belongsTo, profileOf, type SlackUser, type Users } from './users.ts';

/** What everything inbound works with. */
export interface RequestDeps extends ReaderDeps {
  bot: Bot;
  commands: Commands;
  clients: Clients;
  users: Users;
  log: Log;
  /** Records that an organisation's installation serves a workspace. */
  recordOrganisation(team: string, enterprise: string): Promise<void>;
  /** User id of the person who installed Convenor in a workspace; undefined if it is not known. */
  installerOf(team: string): Promise<string | undefined>;
}

/** A command, with everything that is known of it once Slack and the store have been asked. */
export interface SlackRequest {
  client: WebClient;
  invocation: Invocation;
}

const USER_MENTION = /<@([UW][A-Z0-9]{1,30})>/g;

/**
 * Looks up who asks for a command, and whom it mentions.
 * @returns undefined if Convenor is not installed in the workspace.
 * @throws if the store is out of reach.
 */
export async function slackRequest(
  input: SlackInput,
  { command, args }: RequestedCommand,
  deps: RequestDeps,
): Promise<SlackRequest | undefined> {
  const { team, enterprise, user, key, place } = input;
  if (enterprise !== undefined) await deps.recordOrganisation(team, enterprise);
  const client = await deps.clients.of(team);
  if (!client) return undefined;
  const ids = [user, ...mentionedUsers(args, USER_MENTION, user)];
  const [workspace, installer, ...users] = await Promise.all([
    workspaceOf(input, client, deps),
    deps.installerOf(team),
    ...ids.map((id) => deps.users.get(team, id, client)),
  ]);
  const [actor] = users;
  return {
    client,
    invocation: {
      command,
      args,
      key,
      place,
      partnership: workspace.partnership,
      actor: { platform: PLATFORM, workspace: identityTeam(input, actor), user },
      profiles: profilesOf(users, (known) => profileOf(known, team, installer)),
    },
  };
}

/** The team of a user's identity: this one, unless they are from another workspace. */
function identityTeam({ team, userTeam }: SlackInput, user: SlackUser | undefined): string {
  if (!user) return userTeam;
  return belongsTo(user, team) ? team : (user.team_id ?? userTeam);
}

function workspaceOf({ team, teamDomain }: SlackInput, client: WebClient, deps: RequestDeps) {
  return findOrRegisterWorkspace({ platform: PLATFORM, workspace: team }, deps.stores, async () => {
    const info = await client.auth.test();
    const name = info.team_id === team ? info.team : undefined;
    return name ?? (teamDomain || 'Slack');
  });
}
