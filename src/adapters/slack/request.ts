import type { WebClient } from '@slack/web-api';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import { ACCESS_COMMAND } from '../../core/features/join-requests/access.ts';
import type { Invocation, Profile, RawArgs } from '../../core/message/invocation.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { ReaderDeps } from '../shared/reader-context.ts';
import {
  findOrRegisterWorkspace,
  mentionedUsers,
  type RequestedCommand,
} from '../shared/request.ts';
import { PLATFORM } from './connection/platform.ts';
import type { SlackInput } from './input/input.ts';
import { type ProfileDeps, type ProfileWorkspace, profileIn } from './profile-of.ts';

/** What everything inbound works with. */
export interface RequestDeps extends ReaderDeps, ProfileDeps {
  bot: Bot;
  commands: Commands;
  profileOf: Adapter['profileOf'];
  log: Log;
  /** Where a workspace installs Convenor; undefined in Socket Mode. */
  installUrl: string | undefined;
  /** Records that an organisation's installation serves a workspace. */
  recordOrganisation(team: string, enterprise: string): Promise<void>;
}

/** A command, with everything that is known of it once Slack and the store have been asked. */
export interface SlackRequest {
  client: WebClient;
  invocation: Invocation;
}

const USER_MENTION = /<@([UW][A-Z0-9]{1,30})>/g;
const CHANNEL_MENTION = /<#([CG][A-Z0-9]{1,30})(?:\|[^<>]*)?>/g;
/** How many workspaces Slack lists at a time: it allows no more. */
const MAX_TEAMS = 1000;
/** How many of the channels that one command names are looked at. */
const MAX_CHANNELS = 3;

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
  const { team, enterprise, user, key, place, said } = input;
  if (enterprise !== undefined) await deps.recordOrganisation(team, enterprise);
  const client = await deps.clients.of(team);
  if (!client) {
    deps.log.warn({ team }, 'slack workspace has no token: it was added past the install page');
    return undefined;
  }
  const [{ partnership, admits }, installer] = await Promise.all([
    workspaceOf(input, client, deps),
    deps.installerOf(team),
  ]);
  const workspace = { team, client, installer, admits: admits ?? null };
  const users = [user, ...mentionedUsers(args, USER_MENTION, user)];
  const [profiles, channels] = await Promise.all([
    findProfiles(users, workspace, deps),
    command === ACCESS_COMMAND ? findChannels(input, args, client, deps) : undefined,
  ]);
  const unanswered = users.filter((id) => id !== user && profiles[id] === undefined);
  return {
    client,
    invocation: {
      command,
      args,
      key,
      place,
      partnership,
      actor: { platform: PLATFORM, workspace: team, user },
      profiles,
      ...(unanswered.length > 0 && { unanswered }),
      ...(channels && { channels }),
      ...(said && !place.direct && { spokenInPublic: true }),
    },
  };
}

/** The profiles of users, by id. Users that Slack says nothing about are left out. */
async function findProfiles(
  ids: readonly string[],
  workspace: ProfileWorkspace,
  deps: RequestDeps,
): Promise<{ readonly [user: string]: Profile }> {
  const { team, client } = workspace;
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, Profile | undefined]> => {
      try {
        return [id, await profileIn(workspace, await deps.users.get(team, id, client), deps)];
      } catch (error) {
        deps.log.warn(errorFields(error), 'slack does not tell who somebody is');
        return [id, undefined];
      }
    }),
  );
  return Object.fromEntries(found.flatMap(([id, profile]) => (profile ? [[id, profile]] : [])));
}

/** The channels that an `access` command names, and whether Slack tells who is in them. */
async function findChannels(
  { place }: SlackInput,
  args: RawArgs,
  client: WebClient,
  { channelMembers }: RequestDeps,
): Promise<Invocation['channels']> {
  const typed = Object.values(args).join(' ');
  const named = [...typed.matchAll(CHANNEL_MENTION)].flatMap(([, id]) => id ?? []);
  const here = /\bhere\b/i.test(typed) && !place.direct ? [place.channel] : [];
  const found = await Promise.all(
    [...new Set([...named, ...here])].slice(0, MAX_CHANNELS).map(async (channel) => {
      const problem = await channelMembers.problemOf(channel, client);
      return [channel, problem === undefined ? {} : { problem }] as const;
    }),
  );
  return Object.fromEntries(found);
}

function workspaceOf({ team, teamDomain }: SlackInput, client: WebClient, deps: RequestDeps) {
  return findOrRegisterWorkspace({ platform: PLATFORM, workspace: team }, deps.stores, async () => {
    const info = await client.auth.test();
    const name = info.team_id === team ? info.team : await nameInOrganisation(team, client, deps);
    return name ?? (teamDomain || 'Slack');
  });
}

/**
 * The name of one of the workspaces that an organisation's installation serves; undefined if Slack does not tell.
 * https://docs.slack.dev/reference/methods/auth.teams.list
 */
async function nameInOrganisation(
  id: string,
  client: WebClient,
  { log }: RequestDeps,
): Promise<string | undefined> {
  let cursor: string | undefined;
  try {
    do {
      const page = await client.auth.teams.list({ limit: MAX_TEAMS, ...(cursor && { cursor }) });
      const found = page.teams?.find((team) => team.id === id);
      if (found) return found.name;
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
  } catch (error) {
    log.warn(errorFields(error), 'slack does not tell the name of a workspace');
  }
  return undefined;
}
