import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumFile } from '../../adapters/sqlite/backup.ts';

/** Two weeks, with one backup each night. Erased data is gone from all of them after that. */
export const MAX_BACKUPS = 14;

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

/** Removes all but the newest MAX_BACKUPS, with their checksums. */
export async function removeOldBackups(folder: string): Promise<void> {
  for (const old of (await listBackups(folder)).slice(MAX_BACKUPS)) {
    await rm(old);
    await rm(checksumFile(old), { force: true });
  }
}
