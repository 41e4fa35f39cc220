import { stat } from 'node:fs/promises';
import { inspectBackup } from '../../adapters/sqlite/backup.ts';
import { databaseFile } from '../../adapters/sqlite/data-folder.ts';
import { listBackups } from '../files/backup-files.ts';
import { type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'backups';
const HOUR_MS = 3_600_000;
/** A nightly backup is never older than this. */
const MAX_AGE_HOURS = 36;

/** Checks that the SQLite database has a backup, that the newest is not too old, and that it can be restored. */
export async function checkBackups(folder: string, dataDir: string): Promise<Finding[]> {
  const isThere = await stat(databaseFile(dataDir)).then(
    () => true,
    () => false,
  );
  if (!isThere) return [good(SUBJECT, 'There is nothing to back up yet.')];
  try {
    const [newest] = await listBackups(folder);
    if (!newest) {
      const remedy = 'Type: npm run backup. For one each night: npm run setup.';
      return [wrong(SUBJECT, `There is none in ${folder}.`, remedy)];
    }
    return [await checkAge(newest), await checkContent(newest)];
  } catch (error) {
    const remedy = 'Run this as root, or as the user that makes the backups: sudo npm run doctor';
    return [wrong(SUBJECT, `${folder} cannot be read (${reasonOf(error)}).`, remedy)];
  }
}

async function checkAge(path: string): Promise<Finding> {
  const hours = Math.floor((Date.now() - (await stat(path)).mtimeMs) / HOUR_MS);
  const age = hours === 1 ? '1 hour' : `${hours} hours`;
  return hours > MAX_AGE_HOURS
    ? wrong(
        SUBJECT,
        `The newest is ${age} old.`,
        'Type: npm run backup. If one should be made each night, see why not: systemctl status convenor-backup.timer convenor-backup.service',
      )
    : good(SUBJECT, `The newest is ${age} old.`);
}

async function checkContent(path: string): Promise<Finding> {
  try {
    const { rows } = await inspectBackup(path);
    return good(SUBJECT, `It can be restored, and is undamaged (rows: ${rows}).`);
  } catch (error) {
    const remedy = `Remove ${path}, and make another: npm run backup`;
    return wrong(SUBJECT, `The newest cannot be restored (${reasonOf(error)}).`, remedy);
  }
}
