import {
  type APIApplication,
  type APIGuildMember,
  type APIRole,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { badServer, checkToken } from '../../adapters/discord/connection/credentials.ts';
import { isAboutServer } from '../../adapters/discord/connection/errors.ts';
import { inviteUrl, permissions } from '../../adapters/discord/connection/invite.ts';
import { areRegistered } from '../../adapters/discord/connection/register.ts';
import { createRest, type Rest } from '../../adapters/discord/connection/rest.ts';
import { servers } from '../../adapters/discord/installing/server-row.ts';
import type { Config } from '../../config/config.ts';
import type { DiscordConfig } from '../../config/discord.ts';
import { CredentialError } from '../../core/base/credential-error.ts';
import { allCommands } from '../../core/bot/commands.ts';
import { advice, type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'Discord';

/**
 * Checks that Discord accepts the token, sends Convenor what people do, and lets it write.
 * @param servers ids of the servers to check, besides the one of the settings.
 */
export async function checkDiscord(
  config: DiscordConfig,
  servers: readonly string[] = [],
): Promise<Finding[]> {
  const rest = createRest(config);
  const { guildId: guild } = config;
  try {
    const applicationId = await checkToken(rest);
    const application = await rest.call<APIApplication>('GET', Routes.currentApplication());
    const serverIds = [...new Set([...servers, ...(guild ? [guild] : [])])];
    const checked = serverIds.map((id) => checkServer(id, { application, rest, guild }));
    return [
      good(SUBJECT, 'It takes the token.'),
      ...checkApplication(application),
      ...(await Promise.all(checked)).flat(),
      ...(await checkCommands(applicationId, rest, guild)),
    ];
  } catch (error) {
    if (error instanceof CredentialError) return [wrong(SUBJECT, error.message)];
    const remedy =
      'May this machine reach https://discord.com? Else see https://discordstatus.com.';
    return [wrong(SUBJECT, `It cannot be asked (${reasonOf(error)}).`, remedy)];
  }
}

function checkApplication(application: APIApplication): Finding[] {
  if (application.interactions_endpoint_url) {
    const message = 'It sends what people do to another address, so that Convenor hears nothing.';
    const remedy =
      'Empty "Interactions Endpoint URL" under "General Information" in the settings of the Discord application, and save.';
    return [wrong(SUBJECT, message, remedy)];
  }
  return application.approximate_guild_count === 0
    ? [wrong(SUBJECT, 'Convenor is on no server.', `Invite it: ${inviteUrl(application.id)}`)]
    : [good(SUBJECT, 'Convenor is on a server, and hears what people do there.')];
}

/** Convenor registers its commands with Discord when it starts. */
async function checkCommands(applicationId: string, rest: Rest, guild: string | undefined) {
  const commands = allCommands();
  if (await areRegistered(applicationId, { rest, commands, guild }))
    return [good(SUBJECT, 'It offers the commands of this version.')];
  const remedy = 'Start Convenor, or start it again: it then registers them.';
  return [advice(SUBJECT, 'It does not offer the commands of this version.', remedy)];
}

async function checkServer(
  server: string,
  {
    application,
    rest,
    guild,
  }: { application: APIApplication; rest: Rest; guild: string | undefined },
): Promise<Finding[]> {
  try {
    const bot = application.bot?.id ?? application.id;
    const member = await rest.call<APIGuildMember>('GET', Routes.guildMember(server, bot));
    const roles = await rest.call<APIRole[]>('GET', Routes.guildRoles(server));
    const given = roles
      .filter(({ id }) => id === server || member.roles.includes(id))
      .reduce((bits, role) => bits | BigInt(role.permissions), 0n);
    const missing = permissions.filter(({ bit }) => (given & bit) === 0n);
    if (missing.length === 0 || given & PermissionFlagsBits.Administrator) return [];
    const names = missing.map(({ name }) => name).join(', ');
    const message = `On the server ${server} Convenor lacks: ${names}.`;
    const remedy = `Invite it once more, with all that is ticked: ${inviteUrl(application.id)}`;
    return [wrong(SUBJECT, message, remedy)];
  } catch (error) {
    if (!isAboutServer(error)) throw error;
    if (server === guild) throw badServer();
    const message = `Convenor is not on the server ${server} any more.`;
    return [advice(SUBJECT, message, `To have it back, invite it: ${inviteUrl(application.id)}`)];
  }
}

/** Checks Discord, with the server of the settings, or else those in the store. */
export async function checkServers(config: Config, discord: DiscordConfig): Promise<Finding[]> {
  if (discord.guildId !== undefined) return checkDiscord(discord);
  // Brings the store's library, which setup does not need when it tries a token.
  const { readStoredRows } = await import('./stored-rows.ts');
  const rows = await readStoredRows(config, servers);
  const present = rows.filter(({ removedAt }) => removedAt === null);
  return checkDiscord(
    discord,
    present.map(({ id }) => id),
  );
}
