import { resolve } from 'node:path';
import { readRedisAddress } from '../../config/redis-address.ts';
import { checkDataFolder } from '../checks/data-folder.ts';
import { wrong } from '../checks/finding.ts';
import { checkMongodb, checkRedis } from '../checks/lazy-checks.ts';
import type { Prompt } from '../terminal/prompt.ts';
import { serviceProblem } from './service.ts';
import { askForVariable, askUntilValid, type Settings } from './settings.ts';
import { SERVICE_DATA_DIR, type Service } from './units.ts';

type ServicePaths = Omit<Service, 'backupDir'>;

/** Asks where the data is kept, and for a Redis. @param service undefined: Convenor is not run as a service. */
export async function askStore(
  prompt: Prompt,
  settings: Settings,
  service: ServicePaths | undefined,
): Promise<void> {
  prompt.say(
    '\nWhere the data is kept: in a file on this machine (SQLite), which is right for one partnership; or in a MongoDB.',
  );
  const questions = async () => {
    const text = 'Address of the MongoDB, such as mongodb://host/convenor';
    await askForVariable(prompt, settings, 'MONGODB_URI', { text, optional: true, secret: true });
  };
  await askUntilValid(prompt, questions, async () => {
    const uri = settings.get('MONGODB_URI');
    return uri ? checkMongodb(uri) : [];
  });
  await (settings.has('MONGODB_URI')
    ? askRedis(prompt, settings)
    : service
      ? askServiceFolders(prompt, settings, service)
      : askFolders(prompt, settings));
}

async function askRedis(prompt: Prompt, settings: Settings): Promise<void> {
  prompt.say('\nSeveral processes share the work by a Redis; one alone needs none.');
  const questions = async () => {
    const text = 'Address of the Redis, such as redis://host:6379';
    await askForVariable(prompt, settings, 'REDIS_URL', { text, optional: true, secret: true });
  };
  await askUntilValid(prompt, questions, async () => {
    const address = readRedisAddress(settings.get('REDIS_URL') ?? '');
    return address ? checkRedis(address) : [];
  });
}

async function askFolders(prompt: Prompt, settings: Settings): Promise<void> {
  const data = { text: 'Folder for the data', fallback: './data' };
  await askUntilValid(
    prompt,
    () => askForVariable(prompt, settings, 'DATA_DIR', data),
    () => checkDataFolder(settings.get('DATA_DIR') ?? ''),
  );
  const backups = { text: 'Folder for backups', fallback: './backups' };
  await askForVariable(prompt, settings, 'BACKUP_DIR', backups);
}

/** A service keeps its data in the folder that systemd makes for it. */
async function askServiceFolders(
  prompt: Prompt,
  settings: Settings,
  place: ServicePaths,
): Promise<void> {
  const before = settings.get('DATA_DIR') ?? SERVICE_DATA_DIR;
  settings.set('DATA_DIR', SERVICE_DATA_DIR);
  if (before !== SERVICE_DATA_DIR) {
    prompt.say(
      `A service keeps its data in ${SERVICE_DATA_DIR}. What is in ${before} stays there: "Moving" in docs/install.md says how to take it along.`,
    );
  }
  const backups = { text: 'Folder for backups', fallback: '/var/backups/convenor' };
  await askUntilValid(
    prompt,
    () => askForVariable(prompt, settings, 'BACKUP_DIR', backups),
    async () => {
      const backupDir = resolve(settings.get('BACKUP_DIR') ?? '');
      const why = serviceProblem({ ...place, backupDir });
      return why ? [wrong('BACKUP_DIR', why)] : [];
    },
  );
}
