import { existsSync } from 'node:fs';
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { databaseFile } from '../../adapters/sqlite/data-folder.ts';
import { inspectStore } from '../../adapters/sqlite/read-database.ts';
import { formatMegabytes } from '../files/file-size.ts';
import { type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'data folder';
const DISK_SUBJECT = 'disk';

/** With less free space than this the disk counts as nearly full. */
const MIN_FREE_BYTES = 256 * 1024 * 1024;

/** Checks the folder of the SQLite database: its owner, the free space, and that the database is undamaged. */
export async function checkDataFolder(folder: string): Promise<Finding[]> {
  try {
    const bytes = await databaseBytes(folder);
    const { bavail, bsize } = await statfs(folder);
    return [
      ...(await checkOwners(folder)),
      checkSpace(bavail * bsize, bytes),
      bytes > 0 ? await checkDatabase(folder, bytes) : good('store', 'It is empty.'),
    ];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return [await checkParentFolder(folder)];
    const remedy = 'Run this as root, or as the user that Convenor runs as: sudo npm run doctor';
    return [wrong(SUBJECT, `${folder} cannot be read (${reasonOf(error)}).`, remedy)];
  }
}

/** Checks that a folder that is not there yet can be made. */
async function checkParentFolder(folder: string): Promise<Finding> {
  let above = dirname(resolve(folder));
  while (!existsSync(above)) above = dirname(above);
  return access(above, constants.W_OK).then(
    () => good(SUBJECT, `${folder} is not there yet: it is made when Convenor starts.`),
    (error) =>
      wrong(
        SUBJECT,
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
    const message = `Others on this machine can look into ${folder}, where people's notes are.`;
    findings.push(wrong(SUBJECT, message, `Type: chmod 700 ${folder}`));
  }
  for (const name of await readdir(folder)) {
    const file = await stat(join(folder, name)).catch(() => undefined);
    if (!file || file.uid === uid) continue;
    const message = `${name} belongs to another user than ${folder} itself, so that Convenor may not write to it.`;
    const remedy = `Type: sudo chown -R ${uid}:${gid} ${folder}`;
    return [...findings, wrong(SUBJECT, message, remedy)];
  }
  return findings.length > 0 ? findings : [good(SUBJECT, `Only its owner can read ${folder}.`)];
}

/** @param free bytes. @param store bytes. A full disk stops all writes, and a restored copy needs as much again. */
export function checkSpace(free: number, store: number): Finding {
  const message = `${formatMegabytes(free)} are free for a store of ${formatMegabytes(store)}.`;
  return free < MIN_FREE_BYTES || free < 2 * store
    ? wrong(DISK_SUBJECT, message, 'Make room: once it is full, nothing more can be noted.')
    : good(DISK_SUBJECT, message);
}

/** The size of the database and of its write-ahead log. The files are not opened: Convenor's lock is on them. */
async function databaseBytes(folder: string): Promise<number> {
  const files = ['', '-wal'].map((end) => `${databaseFile(folder)}${end}`);
  const sizes = files.map((file) =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function checkDatabase(folder: string, bytes: number): Promise<Finding> {
  try {
    const { rows, isTooNew } = await inspectStore(folder);
    if (isTooNew) {
      const remedy = 'Update this one: "Updating" in docs/install.md says how.';
      return wrong('store', 'A newer Convenor has used it.', remedy);
    }
    return good('store', `${formatMegabytes(bytes)}, undamaged (rows: ${rows}).`);
  } catch (error) {
    const remedy = 'Restore the last backup: "Restore" in docs/install.md says how.';
    return wrong('store', `It is damaged, or cannot be read (${reasonOf(error)}).`, remedy);
  }
}
