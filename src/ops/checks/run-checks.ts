import { type Config, ConfigError, readConfig } from '../../config/config.ts';
import { checkPort, checkPublicUrl } from './address.ts';
import { checkBackups } from './backups.ts';
import { checkDataFolder } from './data-folder.ts';
import { checkEnvFile } from './env-file.ts';
import { type Finding, good, wrong } from './finding.ts';
import {
  checkInstallations,
  checkMongodb,
  checkRedis,
  checkServers,
  checkSlack,
  loadChecks,
} from './lazy-checks.ts';

/**
 * Checks everything that Convenor needs with these settings, and changes nothing.
 * @param envFile path of the settings file.
 */
export async function runChecks(
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
    await loadChecks(config);
    return [...file, usable, ...(await Promise.all(checksFor(config))).flat()];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...file, ...error.problems.map((problem) => wrong('settings', problem))];
  }
}

/** All run at the same time, since some wait long for an answer. */
function checksFor(config: Config): Promise<Finding[]>[] {
  const { mongodbUri, redis, slack, discord, dataDir, backupDir } = config;
  return [
    ...(mongodbUri
      ? [checkMongodb(mongodbUri)]
      : [checkDataFolder(dataDir), checkBackups(backupDir, dataDir)]),
    ...(redis ? [checkRedis(redis)] : []),
    ...(slack ? [checkSlack(slack), checkInstallations(config)] : []),
    ...(discord ? [checkServers(config, discord)] : []),
    checkPort(config),
    ...(slack?.connection.kind === 'http' ? [checkPublicUrl(slack.connection.publicUrl)] : []),
  ];
}
