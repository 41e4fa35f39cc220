import {
  type APIApplication,
  type APIGuildMember,
  type APIRole,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { inviteUrl, permissions } from '../../adapters/discord/connection/invite.ts';
import { areRegistered } from '../../adapters/discord/connection/register.ts';
import { type Rest, restOver } from '../../adapters/discord/connection/rest.ts';
import { badServer, checkToken } from '../../adapters/discord/credentials.ts';
import { isAboutServer } from '../../adapters/discord/errors.ts';
import type { DiscordConfig } from '../../config/discord.ts';
import { CredentialError } from '../../core/base/credential-error.ts';
import { allCommands } from '../../core/bot/commands.ts';
import { advice, type Finding, good, reasonOf, wrong } from '../finding.ts';

const ABOUT = 'Discord';

/**
 * Discord: whether it takes the token, tells Convenor what people do, and lets it write.
 * @param servers ids of the servers to look at, besides the one that is configured.
 */
export async function checkDiscord(
  config: DiscordConfig,
  servers: readonly string[] = [],
): Promise<Finding[]> {
  const rest = restOver(config);
  const { guildId: guild } = config;
  try {
    const application = await checkToken(rest);
    const about = await rest.call<APIApplication>('GET', Routes.currentApplication());
    const looked = [...new Set([...servers, ...(guild ? [guild] : [])])];
    const found = looked.map((server) => checkServer(server, { about, rest, guild }));
    return [
      good(ABOUT, 'It takes the token.'),
      ...checkApplication(about),
      ...(await Promise.all(found)).flat(),
      ...(await checkCommands(application, rest, guild)),
    ];
  } catch (error) {
    if (error instanceof CredentialError) return [wrong(ABOUT, error.message)];
    const mend = 'May this machine reach https://discord.com? Else see https://discordstatus.com.';
    return [wrong(ABOUT, `It cannot be asked (${reasonOf(error)}).`, mend)];
  }
}

function checkApplication(about: APIApplication): Finding[] {
  if (about.interactions_endpoint_url) {
    const says = 'It sends what people do to another address, so that Convenor hears nothing.';
    const mend =
      'Empty "Interactions Endpoint URL" under "General Information" in the settings of the Discord application, and save.';
    return [wrong(ABOUT, says, mend)];
  }
  return about.approximate_guild_count === 0
    ? [wrong(ABOUT, 'Convenor is on no server.', `Invite it: ${inviteUrl(about.id)}`)]
    : [good(ABOUT, 'Convenor is on a server, and hears what people do there.')];
}

/** Convenor tells Discord of its commands when it starts. */
async function checkCommands(application: string, rest: Rest, guild: string | undefined) {
  const commands = allCommands();
  if (await areRegistered(application, { rest, commands, guild }))
    return [good(ABOUT, 'It offers the commands of this version.')];
  const mend = 'Start Convenor, or start it again: it then registers them.';
  return [advice(ABOUT, 'It does not offer the commands of this version.', mend)];
}

async function checkServer(
  server: string,
  { about, rest, guild }: { about: APIApplication; rest: Rest; guild: string | undefined },
): Promise<Finding[]> {
  try {
    const bot = about.bot?.id ?? about.id;
    const member = await rest.call<APIGuildMember>('GET', Routes.guildMember(server, bot));
    const roles = await rest.call<APIRole[]>('GET', Routes.guildRoles(server));
    const given = roles
      .filter(({ id }) => id === server || member.roles.includes(id))
      .reduce((bits, role) => bits | BigInt(role.permissions), 0n);
    const missing = permissions.filter(({ bit }) => (given & bit) === 0n);
    if (missing.length === 0 || given & PermissionFlagsBits.Administrator) return [];
    const names = missing.map(({ name }) => name).join(', ');
    const says = `On the server ${server} Convenor lacks: ${names}.`;
    const mend = `Invite it once more, with all that is ticked: ${inviteUrl(about.id)}`;
    return [wrong(ABOUT, says, mend)];
  } catch (error) {
    if (!isAboutServer(error)) throw error;
    if (server === guild) throw badServer();
    const says = `Convenor is not on the server ${server} any more.`;
    return [advice(ABOUT, says, `To have it back, invite it: ${inviteUrl(about.id)}`)];
  }
}
