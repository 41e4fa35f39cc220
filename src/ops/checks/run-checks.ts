import { readUsableSettings, type UsableSettings, type Variable } from '../../config/config.ts';
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
 * Checks everything that Convenor needs with these settings, and changes nothing. What depends on a wrong setting is left
 * out; the rest is checked all the same.
 * @param envFile path of the settings file.
 */
export async function runChecks(
  env: Readonly<Record<string, string | undefined>>,
  envFile: string,
): Promise<Finding[]> {
  const file = await checkEnvFile(envFile);
  const settings = readUsableSettings(env, []);
  const { config, problems } = settings;
  const findings =
    problems.length > 0
      ? problems.map((problem) => wrong('settings', problem))
      : [good('settings', `They can be used; the roles here: ${config.roles.join(', ')}.`)];
  await loadChecks(config);
  return [...file, ...findings, ...(await Promise.all(checksFor(settings))).flat()];
}

/** All run at the same time, since some wait long for an answer. */
function checksFor({ config, invalid }: UsableSettings): Promise<Finding[]>[] {
  const { mongodbUri, redis, slack, discord, dataDir, backupDir } = config;
  const isKnown = (...variables: Variable[]) => variables.every((name) => !invalid.has(name));
  return [
    ...(mongodbUri ? [checkMongodb(mongodbUri)] : []),
    ...(!mongodbUri && isKnown('MONGODB_URI')
      ? [checkDataFolder(dataDir), checkBackups(backupDir, dataDir)]
      : []),
    ...(redis ? [checkRedis(redis)] : []),
    ...(slack ? [checkSlack(slack), checkInstallations(config)] : []),
    ...(discord ? [checkServers(config, discord)] : []),
    ...(isKnown('HOST', 'PORT', 'ROLES') ? [checkPort(config)] : []),
    ...(slack?.connection.kind === 'http' ? [checkPublicUrl(slack.connection.publicUrl)] : []),
  ];
}
