import { servers } from '../../adapters/discord/servers/server-row.ts';
import type { Config } from '../../config/config.ts';
import type { DiscordConfig } from '../../config/discord.ts';
import type { Finding } from '../finding.ts';
import { checkDiscord } from './discord.ts';
import { rowsIn } from './rows.ts';

/** Discord, and the servers that Convenor is on: the one that is configured, or those in the store. */
export async function checkServers(config: Config, discord: DiscordConfig): Promise<Finding[]> {
  const rows = discord.guildId === undefined ? await rowsIn(config, servers) : [];
  const present = rows.filter(({ removedAt }) => removedAt === null);
  return checkDiscord(
    discord,
    present.map(({ id }) => id),
  );
}
