import { type Config, ConfigError, readConfig } from '../config/config.ts';
import { checkPort, checkPublicUrl } from './checks/address.ts';
import { checkBackups } from './checks/backups.ts';
import { checkDataFolder } from './checks/data-folder.ts';
import { checkEnvFile } from './checks/env-file.ts';
import {
  checkInstallations,
  checkMongodb,
  checkRedis,
  checkServers,
  checkSlack,
} from './checks/outside.ts';
import { type Finding, good, wrong } from './finding.ts';

/** Looks at everything that Convenor needs with these settings, and changes nothing. */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  envFile: string,
): Promise<Finding[]> {
  const file = await checkEnvFile(envFile);
  try {
    const config = readConfig(env, []);
    const usable = good(
      'settings',
      `They can be used; the roles here: ${config.roles.join(', ')}.`,
    );
    return [...file, usable, ...(await Promise.all(checks(config))).flat()];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...file, ...error.problems.map((problem) => wrong('settings', problem))];
  }
}

/** All at the same time, since some wait for an answer that does not come. */
function checks(config: Config): Promise<Finding[]>[] {
  const { mongodbUri, redis, slack, discord, dataDir, backupDir } = config;
  return [
    ...(mongodbUri
      ? [checkMongodb(mongodbUri)]
      : [checkDataFolder(dataDir), checkBackups(backupDir, dataDir)]),
    ...(redis ? [checkRedis(redis)] : []),
    ...(slack ? [checkSlack(slack), checkInstallations(config)] : []),
    ...(discord ? [checkServers(config, discord)] : []),
    checkPort(config),
    ...(slack?.way.kind === 'http' ? [checkPublicUrl(slack.way.publicUrl)] : []),
  ];
}
