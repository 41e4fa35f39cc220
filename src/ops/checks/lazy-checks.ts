import type { Config } from '../../config/config.ts';
import type { DiscordConfig } from '../../config/discord.ts';
import type { RedisAddress } from '../../config/redis-address.ts';
import type { SlackConfig } from '../../config/slack.ts';
import type { Finding } from './finding.ts';

/*
 * The checks that need a large library. Each is loaded when it is first used, so that setup asks its first question
 * without waiting for all of them.
 */

type Findings = Promise<Finding[]>;

/** Loads what the checks of these settings need. Loading blocks the process, and a connection opened meanwhile may time out. */
export async function loadChecks({ mongodbUri, redis, slack, discord }: Config): Promise<void> {
  await Promise.all([
    mongodbUri && import('./mongodb.ts'),
    redis && import('./redis.ts'),
    slack && import('./slack.ts'),
    slack && import('./installations.ts'),
    discord && import('./discord.ts'),
    discord && import('./stored-rows.ts'),
  ]);
}

export async function checkMongodb(uri: string): Findings {
  return (await import('./mongodb.ts')).checkMongodb(uri);
}

export async function checkRedis(address: RedisAddress): Findings {
  return (await import('./redis.ts')).checkRedis(address);
}

export async function checkSlack(config: SlackConfig): Findings {
  return (await import('./slack.ts')).checkSlack(config);
}

export async function checkInstallations(config: Config): Findings {
  return (await import('./installations.ts')).checkInstallations(config);
}

export async function checkDiscord(config: DiscordConfig): Findings {
  return (await import('./discord.ts')).checkDiscord(config);
}

export async function checkServers(config: Config, discord: DiscordConfig): Findings {
  return (await import('./discord.ts')).checkServers(config, discord);
}
