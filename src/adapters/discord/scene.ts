import { Routes } from 'discord.js';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import { openWorkspace } from '../../core/domain/workspaces/open.ts';
import { type Workspace, workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Identity, Place, Profile, RawArgs } from '../../core/message/invocation.ts';
import type { Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { type ReaderDeps, readerOf } from '../shared/reader-context.ts';
import type { Rest } from './connection/rest.ts';
import type { Heard } from './heard.ts';
import { server } from './payloads.ts';
import type { People } from './people.ts';
import { PLATFORM } from './platform.ts';
import type { Origin } from './servers/origin.ts';
import { profileOf } from './servers/person.ts';
import type { ReaderContext } from './text.ts';

/** What everything inbound works with. */
export interface Parts extends ReaderDeps {
  bot: Bot;
  commands: Commands;
  rest: Rest;
  people: People;
  log: Log;
}

/** What is known of somebody who did something, once the store and Discord have been asked. */
export interface Scene {
  server: string;
  partnership: string;
  actor: Identity;
  place: Place;
  profiles: { readonly [user: string]: Profile };
}

/** How many people mentioned in one line are looked up. */
const MOST_MENTIONED = 10;

/** The scene of something that was said. @throws when the store is out of reach. */
export async function sceneOn(
  { server, person }: Origin,
  { heard, args }: { heard: Pick<Heard, 'channel' | 'guild'>; args: RawArgs },
  parts: Parts,
): Promise<Scene> {
  const mentioned = mentionedIn(args).filter((id) => id !== person.id);
  const [workspace, ...others] = await Promise.all([
    workspaceOf(server, parts),
    ...mentioned.slice(0, MOST_MENTIONED).map((id) => personNamed(server, id, parts)),
  ]);
  const known = [person, ...others.filter((other) => other !== undefined)];
  const profiles = known.map((one) => [one.id, profileOf(one, workspace.admits ?? null)] as const);
  const { channel, guild } = heard;
  return {
    server,
    partnership: workspace.partnership,
    actor: { platform: PLATFORM, workspace: server, user: person.id },
    place: { platform: PLATFORM, workspace: server, channel, direct: guild === undefined },
    profiles: Object.fromEntries(profiles),
  };
}

/** Who cannot be looked up just now is told of the next time. */
async function personNamed(guild: string, user: string, { people, log }: Parts) {
  try {
    return await people.of(guild, user);
  } catch (error) {
    log.warn(errorFields(error), 'discord does not tell who somebody is');
    return undefined;
  }
}

/** User ids of the mentions in typed words. */
function mentionedIn(args: RawArgs): string[] {
  const all = Object.values(args).flatMap((value) =>
    [...value.slice(0, 10_000).matchAll(/<@!?(\d{15,20})>/g)].map(([, id]) => id ?? ''),
  );
  return [...new Set(all)];
}

/** Made known when Convenor came to the server; where that went amiss, now. */
async function workspaceOf(
  workspace: string,
  { rest, stores }: { rest: Rest; stores: Stores },
): Promise<Workspace> {
  const here = { platform: PLATFORM, workspace };
  const known = await workspaceAt(stores, here);
  if (known) return known;
  const { name } = server.parse(await rest.call('GET', Routes.guild(workspace)));
  return openWorkspace(stores, { ...here, name: name || 'Discord' });
}

/** How the actor reads, as things stand now. */
export async function readerFor({ server, ...scene }: Scene, parts: Parts): Promise<ReaderContext> {
  const at = { platform: PLATFORM, workspace: server };
  const reader = await readerOf(scene.actor, { ...scene, at }, parts);
  return { ...reader, nameOf: (user) => parts.people.nameOf(server, user) ?? reader.nameOf(user) };
}
