import { Routes } from 'discord.js';
import type { Commands } from '../../../core/command/command.ts';
import { badServer } from '../credentials.ts';
import { isAboutServer } from '../errors.ts';
import { applicationCommands } from '../manifest.ts';
import type { Rest } from './rest.ts';

/** Which commands, and where they are offered: on one server, or (undefined) on every one. */
export interface Registering {
  rest: Rest;
  commands: Commands;
  guild: string | undefined;
}

/** Whether Discord offers the commands as they are declared. @throws BadCredential for a server that Convenor is not on. */
export async function areRegistered(
  application: string,
  { rest, commands, guild }: Registering,
): Promise<boolean> {
  try {
    const known = await rest.call('GET', routeTo(application, guild));
    return isWithin(byName(bodyOf(commands)), byName(known));
  } catch (error) {
    throw guild !== undefined && isAboutServer(error) ? badServer() : error;
  }
}

/**
 * Tells Discord of the commands, where they differ from those it knows: it takes only so many changes a day.
 * https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
 * @throws BadCredential for a server that Convenor is not on.
 */
export async function registerCommands(application: string, how: Registering): Promise<void> {
  if (await areRegistered(application, how)) return;
  const route = routeTo(application, how.guild);
  await how.rest.call('PUT', route, { body: bodyOf(how.commands) });
}

function routeTo(application: string, guild: string | undefined) {
  return guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);
}

/** As it comes over the wire. */
function bodyOf(commands: Commands): unknown {
  return JSON.parse(JSON.stringify(applicationCommands(commands)));
}

/** Discord does not keep their order. */
function byName(all: unknown): unknown {
  const nameOf = (one: unknown) => `${Object(one).type ?? 1} ${Object(one).name}`;
  return Array.isArray(all) ? all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : all;
}

/** Whether all that is ours stands there just so. Discord adds fields of its own, and leaves out what is usual. */
function isWithin(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs) || ours.length !== theirs.length)
      return ours.length === 0 && !theirs;
    return ours.every((one, index) => isWithin(one, theirs[index]));
  }
  if (typeof ours !== 'object' || ours === null) {
    return ours === theirs || (ours === false && theirs === undefined);
  }
  return Object.entries(ours).every(([name, value]) => isWithin(value, Object(theirs)[name]));
}
