import { Routes } from 'discord.js';
import type { Commands } from '../../../core/command/command.ts';
import { applicationCommands } from '../manifest/manifest.ts';
import { badServer } from './credentials.ts';
import { isAboutServer } from './errors.ts';
import type { Rest } from './rest.ts';

/** Which commands to register, and where. */
export interface Registration {
  rest: Rest;
  commands: Commands;
  /** A server's id; undefined: on every server. */
  guild: string | undefined;
}

/** Whether Discord has the commands as they are declared. @throws CredentialError if Convenor is not on the server. */
export async function areRegistered(
  application: string,
  registration: Registration,
): Promise<boolean> {
  return isUpToDate(await readRegistered(application, registration), registration);
}

/** The commands as Discord has them, with their ids. @throws CredentialError if Convenor is not on the server. */
export async function readRegistered(
  application: string,
  { rest, guild }: Pick<Registration, 'rest' | 'guild'>,
): Promise<unknown> {
  try {
    return await rest.call('GET', routeTo(application, guild));
  } catch (error) {
    throw guild !== undefined && isAboutServer(error) ? badServer() : error;
  }
}

function isUpToDate(registered: unknown, { commands }: Pick<Registration, 'commands'>): boolean {
  return contains(byName(bodyOf(commands)), byName(registered));
}

/**
 * Registers the commands if Discord's differ from them: Discord limits how often they can be changed.
 * https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
 * @returns the commands as Discord has them, with their ids.
 * @throws CredentialError if Convenor is not on the server.
 */
export async function registerCommands(
  application: string,
  registration: Registration,
): Promise<unknown> {
  const registered = await readRegistered(application, registration);
  if (isUpToDate(registered, registration)) return registered;
  const route = routeTo(application, registration.guild);
  return registration.rest.call('PUT', route, { body: bodyOf(registration.commands) });
}

function routeTo(application: string, guild: string | undefined) {
  return guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);
}

/** The request's body, without what JSON leaves out. */
function bodyOf(commands: Commands): unknown {
  return JSON.parse(JSON.stringify(applicationCommands(commands)));
}

/** Sorted, because Discord does not keep the order. */
function byName(all: unknown): unknown {
  const nameOf = (one: unknown) => `${Object(one).type ?? 1} ${Object(one).name}`;
  return Array.isArray(all) ? all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : all;
}

/** Whether Discord's commands have all of our fields. Discord adds fields of its own, and leaves out default values. */
function contains(ours: unknown, theirs: unknown): boolean {
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs) || ours.length !== theirs.length)
      return ours.length === 0 && !theirs;
    return ours.every((one, index) => contains(one, theirs[index]));
  }
  if (typeof ours !== 'object' || ours === null) {
    return ours === theirs || (ours === false && theirs === undefined);
  }
  return Object.entries(ours).every(([name, value]) => contains(value, Object(theirs)[name]));
}
