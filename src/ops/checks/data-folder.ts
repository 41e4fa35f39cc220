import { existsSync } from 'node:fs';
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inspectLog, logOf } from '../../adapters/embedded/backup.ts';
import { type Finding, good, reasonOf, wrong } from '../finding.ts';
import { megabytes } from '../size.ts';

const ABOUT = 'data folder';
const SPACE = 'disk';

/** Below this nobody should sleep well (bytes). */
const LEAST_SPACE = 256 * 1024 * 1024;

/** The folder of the embedded store: whose it is, how much room is left, and whether the store can be read whole. */
export async function checkDataFolder(folder: string): Promise<Finding[]> {
  try {
    const bytes = await stat(logOf(folder)).then(
      ({ size }) => size,
      () => 0,
    );
    const { bavail, bsize } = await statfs(folder);
    return [
      ...(await checkOwners(folder)),
      checkSpace(bavail * bsize, bytes),
      ...(bytes > 0 ? [checkLog(folder)] : [good('store', 'It is empty as yet.')]),
    ];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [await checkPlace(folder)];
    const mend = 'Run this as root, or as whoever Convenor runs as: sudo npm run doctor';
    return [wrong(ABOUT, `${folder} cannot be read (${reasonOf(error)}).`, mend)];
  }
}

/** Whether a folder that is not there could be made. */
async function checkPlace(folder: string): Promise<Finding> {
  let above = dirname(resolve(folder));
  while (!existsSync(above)) above = dirname(above);
  return access(above, constants.W_OK).then(
    () => good(ABOUT, `${folder} is not there yet: it is made when Convenor starts.`),
    (error) =>
      wrong(
        ABOUT,
        `${folder} is not there, and cannot be made (${reasonOf(error)}).`,
        'Set DATA_DIR to a folder that may be written to.',
      ),
  );
}

async function checkOwners(folder: string): Promise<Finding[]> {
  if (process.platform === 'win32') return [];
  const { uid, gid, mode } = await stat(folder);
  const findings: Finding[] = [];
  if (mode & 0o077) {
    const says = `Others on this machine can look into ${folder}, where people's notes are.`;
    findings.push(wrong(ABOUT, says, `Type: chmod 700 ${folder}`));
  }
  for (const name of await readdir(folder)) {
    const file = await stat(join(folder, name)).catch(() => undefined);
    if (!file || file.uid === uid) continue;
    const says = `${name} belongs to another user than ${folder} itself, so that Convenor may not write to it.`;
    const mend = `Type: sudo chown -R ${uid}:${gid} ${folder}`;
    return [...findings, wrong(ABOUT, says, mend)];
  }
  return findings.length > 0 ? findings : [good(ABOUT, `${folder} is its owner's alone.`)];
}

/** A compaction needs as much room again as the store has. */
export function checkSpace(free: number, store: number): Finding {
  const says = `${megabytes(free)} are free for a store of ${megabytes(store)}.`;
  return free < LEAST_SPACE || free < 2 * store
    ? wrong(SPACE, says, 'Make room: once it is full, nothing more can be noted.')
    : good(SPACE, says);
}

function checkLog(folder: string): Finding {
  try {
    const { documents, bytes } = inspectLog(logOf(folder));
    return good('store', `${megabytes(bytes)}, all of it whole (documents: ${documents}).`);
  } catch (error) {
    const mend = 'Restore the last backup: "Restore" in docs/install.md says how.';
    return wrong('store', reasonOf(error), mend);
  }
}
