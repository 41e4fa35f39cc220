import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumFile } from '../../adapters/sqlite/backup.ts';
import { tombstonesOfBackup } from '../../process/erasure-records.ts';

/** How many days a backup is kept. Erased data is gone from all of them after that. */
const DAYS_KEPT = 30;
const DAY_MS = 86_400_000;

const BACKUP_NAME = /^convenor-\d{8}T\d{6}Z\.db$/;

/** The path for a backup made at `now`. */
export function newBackupPath(folder: string, now = new Date()): string {
  const [time = ''] = now.toISOString().replace(/[-:]/g, '').split('.');
  return join(folder, `convenor-${time}Z.db`);
}

/** The backups in a folder, newest first. None if there is no such folder. @throws when it cannot be read. */
export async function listBackups(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names.filter((name) => BACKUP_NAME.test(name)).sort();
  return found.reverse().map((name) => join(folder, name));
}

/** Removes backups that are more than 30 days old, with what lies beside them. */
export async function removeOldBackups(folder: string, now = new Date()): Promise<void> {
  const oldest = newBackupPath(folder, new Date(now.getTime() - DAYS_KEPT * DAY_MS));
  for (const old of (await listBackups(folder)).filter((path) => path < oldest)) {
    await rm(old);
    await rm(checksumFile(old), { force: true });
    await rm(tombstonesOfBackup(old), { force: true });
  }
}
