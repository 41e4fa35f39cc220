import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** So many backups are kept: with one each night, two weeks. What was erased is gone from all of them after that. */
export const KEPT = 14;

const NAME = /^convenor-\d{8}T\d{6}Z\.log$/;

/** Where a backup made now goes. */
export function newBackup(folder: string, now = new Date()): string {
  const [time = ''] = now.toISOString().replace(/[-:]/g, '').split('.');
  return join(folder, `convenor-${time}Z.log`);
}

/** The backups in a folder, the newest first; none where there is no such folder. @throws when it cannot be read. */
export async function backupsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names.filter((name) => NAME.test(name)).sort();
  return found.reverse().map((name) => join(folder, name));
}

/** Removes all but the newest. */
export async function dropOld(folder: string): Promise<void> {
  for (const old of (await backupsIn(folder)).slice(KEPT)) await rm(old);
}
