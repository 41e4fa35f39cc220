import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Directories } from '../../core/domain/directory/directories.ts';
import { openWorkspace } from '../../core/domain/workspaces/open.ts';
import { workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Identity, Profile, RawArgs } from '../../core/message/invocation.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { readerOf } from '../shared/reader-context.ts';
import type { Clients } from './connection/clients.ts';
import type { Heard } from './heard.ts';
import { belongs, type People, profileOf, type SlackUser } from './people.ts';
import { PLATFORM } from './platform.ts';
import type { ReaderContext } from './text.ts';

/** What everything inbound works with. */
export interface Parts {
  bot: Bot;
  commands: Commands;
  clients: Clients;
  people: People;
  stores: Stores;
  directories: Directories;
  clock: Clock;
  log: Log;
  /** Notes that an organisation's installation serves a workspace. */
  served(team: string, enterprise: string): Promise<void>;
  /** User id of whoever installed Convenor in a workspace, where that is known. */
  installerOf(team: string): Promise<string | undefined>;
}

/** What is known of somebody who did something, once the store and Slack have been asked. */
export interface Scene {
  client: WebClient;
  partnership: string;
  actor: Identity;
  /** The actor's, where Slack knows it. */
  zone: string | undefined;
  profiles: { readonly [user: string]: Profile };
}

/** How many people mentioned in one line are looked up. */
const MOST_MENTIONED = 10;

/** @returns undefined where Convenor is not installed (any more). @throws when the store is out of reach. */
export async function sceneOf(
  heard: Pick<Heard, 'team' | 'enterprise' | 'home' | 'domain' | 'user'>,
  args: RawArgs,
  parts: Parts,
): Promise<Scene | undefined> {
  const { team, enterprise, user } = heard;
  if (enterprise !== undefined) await parts.served(team, enterprise);
  const client = await parts.clients.of(team);
  if (!client) return undefined;
  const asked = [...new Set([user, ...mentionedIn(args)])].slice(0, MOST_MENTIONED + 1);
  const [workspace, installer, ...people] = await Promise.all([
    workspaceOf(heard, client, parts.stores),
    parts.installerOf(team),
    ...asked.map((id) => parts.people.of(team, id, client)),
  ]);
  const [actor, ...mentioned] = people;
  const known = [actor, ...mentioned].filter((person) => person !== undefined);
  const profiles = known.map((person) => [person.id, profileOf(person, team, installer)] as const);
  return {
    client,
    partnership: workspace.partnership,
    actor: { platform: PLATFORM, workspace: ownTeam(heard, actor), user },
    zone: actor?.tz ?? undefined,
    profiles: Object.fromEntries(profiles),
  };
}

/** Where somebody's identity is: here, unless they are from elsewhere. */
function ownTeam({ team, home }: Pick<Heard, 'team' | 'home'>, person?: SlackUser): string {
  if (!person) return home;
  return belongs(person, team) ? team : (person.team_id ?? home);
}

/** User ids of the mentions in typed words. */
function mentionedIn(args: RawArgs): string[] {
  return Object.values(args).flatMap((value) =>
    [...value.slice(0, 10_000).matchAll(/<@([UW][A-Z0-9]{1,30})>/g)].map(([, id]) => id ?? ''),
  );
}

async function workspaceOf(
  { team, domain }: Pick<Heard, 'team' | 'domain'>,
  client: WebClient,
  stores: Stores,
) {
  const here = { platform: PLATFORM, workspace: team };
  const known = await workspaceAt(stores, here);
  if (known) return known;
  const told = await client.auth.test();
  const name = told.team_id === team ? told.team : undefined;
  return openWorkspace(stores, { ...here, name: name ?? (domain || 'Slack') });
}

/** How the actor reads, as things stand now. */
export async function readerFor(scene: Scene, team: string, parts: Parts): Promise<ReaderContext> {
  const at = { platform: PLATFORM, workspace: team };
  const reader = await readerOf(scene.actor, { ...scene, at }, parts);
  return { ...reader, nameOf: (user) => parts.people.nameOf(team, user) ?? reader.nameOf(user) };
}
