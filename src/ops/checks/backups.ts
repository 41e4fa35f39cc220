import { stat } from 'node:fs/promises';
import { inspectLog, logOf } from '../../adapters/embedded/backup.ts';
import { backupsIn } from '../backups.ts';
import { type Finding, good, reasonOf, wrong } from '../finding.ts';

const ABOUT = 'backups';
const HOUR = 3_600_000;
/** A nightly backup is never this old (hours). */
const OLDEST = 36;

/** Backups of the embedded store: whether there is one, how old the newest is, and whether it could be restored. */
export async function checkBackups(folder: string, dataDir: string): Promise<Finding[]> {
  const isThere = await stat(logOf(dataDir)).then(
    () => true,
    () => false,
  );
  if (!isThere) return [good(ABOUT, 'There is nothing to back up yet.')];
  try {
    const [newest] = await backupsIn(folder);
    if (!newest) {
      const mend = 'Type: npm run backup. For one each night: npm run setup.';
      return [wrong(ABOUT, `There is none in ${folder}.`, mend)];
    }
    return [await checkAge(newest), checkContent(newest)];
  } catch (error) {
    const mend = 'Run this as root, or as whoever makes the backups: sudo npm run doctor';
    return [wrong(ABOUT, `${folder} cannot be read (${reasonOf(error)}).`, mend)];
  }
}

async function checkAge(path: string): Promise<Finding> {
  const hours = Math.floor((Date.now() - (await stat(path)).mtimeMs) / HOUR);
  return hours > OLDEST
    ? wrong(
        ABOUT,
        `The newest is ${hours} hours old.`,
        'Type: npm run backup. If one should be made each night, see why not: systemctl status convenor-backup.timer convenor-backup.service',
      )
    : good(ABOUT, `The newest is ${hours} hours old.`);
}

function checkContent(path: string): Finding {
  try {
    const { documents } = inspectLog(path);
    return good(ABOUT, `It can be restored, all of it whole (documents: ${documents}).`);
  } catch (error) {
    const mend = `Remove ${path}, and make another: npm run backup`;
    return wrong(ABOUT, `The newest cannot be restored (${reasonOf(error)}).`, mend);
  }
}
