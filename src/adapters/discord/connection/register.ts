import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandType, ApplicationIntegrationType, Routes } from 'discord.js';
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

function isUpToDate(registered: unknown, registration: Registration): boolean {
  return isDeepStrictEqual(normalizedAll(bodyOf(registration)), normalizedAll(registered));
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
  return registration.rest.call('PUT', route, { body: bodyOf(registration) });
}

function routeTo(application: string, guild: string | undefined) {
  return guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);
}

/**
 * The request's body. A server's own commands have no contexts: Discord would ignore them, and return null.
 * https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-structure
 */
function bodyOf({ commands, guild }: Omit<Registration, 'rest'>): unknown {
  const all = applicationCommands(commands);
  if (guild === undefined) return all;
  return all.map(({ contexts: _, integration_types: __, ...command }) => command);
}

/** The fields of commands, options and choices that we send. Discord returns more. */
const SENT_FIELDS: readonly string[] = [
  ...['type', 'name', 'description', 'default_member_permissions', 'contexts', 'integration_types'],
  ...['options', 'required', 'choices', 'value', 'autocomplete', 'channel_types'],
  ...['min_value', 'max_value', 'min_length', 'max_length'],
];

/** Commands in a form in which equal ones are equal: sorted, because Discord does not keep their order. */
function normalizedAll(commands: unknown): unknown {
  const all = Array.isArray(commands) ? commands.map(normalized) : [];
  const nameOf = (one: unknown) => `${Object(one).type} ${Object(one).name}`;
  return all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Without what Discord adds, and without default values, which it may return or leave out. */
function normalized(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const fields = Object.entries(one).filter(
    ([name, value]) => SENT_FIELDS.includes(name) && !isDefault(name, value),
  );
  return Object.fromEntries(
    fields.map(([name, value]) => [name, Array.isArray(value) ? inOrder(name, value) : value]),
  );
}

/** Options and choices are shown in their order. The order of numbers means nothing. */
function inOrder(name: string, list: readonly unknown[]): unknown {
  return name === 'options' || name === 'choices' ? list.map(normalized) : list.toSorted();
}

/** Whether a field says nothing, as of a slash command, or of an option that is not required. */
function isDefault(name: string, value: unknown): boolean {
  if (name === 'type') return value === ApplicationCommandType.ChatInput;
  if (name === 'integration_types')
    return isDeepStrictEqual(value, [ApplicationIntegrationType.GuildInstall]);
  return value === undefined || value === null || value === false || value === '' || isEmpty(value);
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
