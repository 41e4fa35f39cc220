import { resolve } from 'node:path';
import { readRedisAddress } from '../../config/redis-address.ts';
import { checkDataFolder } from '../checks/data-folder.ts';
import { checkMongodb, checkRedis } from '../checks/outside.ts';
import { wrong } from '../finding.ts';
import type { Ask } from './ask.ts';
import { whyNoService } from './service.ts';
import { askFor, type Settings, untilGood } from './settings.ts';
import { SERVICE_FOLDER, type Service } from './units.ts';

type Place = Omit<Service, 'backupDir'>;

/** Where the data is kept, and what carries the jobs. @param service undefined: it is no service. */
export async function askStore(
  ask: Ask,
  settings: Settings,
  service: Place | undefined,
): Promise<void> {
  ask.say(
    '\nWhere the data is kept: in a file on this machine, which is right for one partnership; or in a MongoDB.',
  );
  const questions = async () => {
    const text = 'Address of the MongoDB, such as mongodb://host/convenor';
    await askFor(ask, settings, 'MONGODB_URI', { text, optional: true, secret: true });
  };
  await untilGood(ask, questions, async () => {
    const uri = settings.get('MONGODB_URI');
    return uri ? checkMongodb(uri) : [];
  });
  await (settings.has('MONGODB_URI')
    ? askRedis(ask, settings)
    : service
      ? askServiceFolders(ask, settings, service)
      : askFolders(ask, settings));
}

async function askRedis(ask: Ask, settings: Settings): Promise<void> {
  ask.say('\nSeveral processes share the work by a Redis; one alone needs none.');
  const questions = async () => {
    const text = 'Address of the Redis, such as redis://host:6379';
    await askFor(ask, settings, 'REDIS_URL', { text, optional: true, secret: true });
  };
  await untilGood(ask, questions, async () => {
    const address = readRedisAddress(settings.get('REDIS_URL') ?? '');
    return address ? checkRedis(address) : [];
  });
}

async function askFolders(ask: Ask, settings: Settings): Promise<void> {
  const data = { text: 'Folder for the data', fallback: './data' };
  await untilGood(
    ask,
    () => askFor(ask, settings, 'DATA_DIR', data),
    () => checkDataFolder(settings.get('DATA_DIR') ?? ''),
  );
  const backups = { text: 'Folder for backups', fallback: './backups' };
  await askFor(ask, settings, 'BACKUP_DIR', backups);
}

/** A service keeps its data where systemd makes it a folder of its own. */
async function askServiceFolders(ask: Ask, settings: Settings, place: Place): Promise<void> {
  const before = settings.get('DATA_DIR') ?? SERVICE_FOLDER;
  settings.set('DATA_DIR', SERVICE_FOLDER);
  if (before !== SERVICE_FOLDER) {
    ask.say(
      `A service keeps its data in ${SERVICE_FOLDER}. What is in ${before} stays there: "Moving" in docs/install.md says how to take it along.`,
    );
  }
  const backups = { text: 'Folder for backups', fallback: '/var/backups/convenor' };
  await untilGood(
    ask,
    () => askFor(ask, settings, 'BACKUP_DIR', backups),
    async () => {
      const backupDir = resolve(settings.get('BACKUP_DIR') ?? '');
      const why = whyNoService({ ...place, backupDir });
      return why ? [wrong('BACKUP_DIR', why)] : [];
    },
  );
}
