import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from './binding.ts';
import {
  createPrivateFile,
  createPrivateFolder,
  databaseFile,
  lockFolder,
  syncFile,
} from './data-folder.ts';
import { type DatabaseFacts, inspectDatabase, readDatabase } from './read-database.ts';

/** A backup or a restoration that cannot be made. The message says what to do. */
export class BackupRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BackupRefused';
  }
}

/**
 * The file beside each backup, with its length and SHA-256. SQLite's own check does not find every byte that has
 * changed.
 */
export const checksumFile = (file: string): string => `${file}.sha256`;

/**
 * Copies a store into a file, also while Convenor runs. Every write that was acknowledged before is in the copy. The
 * copy is checked before it gets its final name.
 * @throws BackupRefused if there is no store, or the copy is damaged.
 */
export async function backUp(dataDir: string, file: string): Promise<DatabaseFacts> {
  const source = databaseFile(dataDir);
  const part = `${file}.part`;
  try {
    await stat(source);
    await mkdir(dirname(resolve(file)), { recursive: true, mode: 0o700 });
    await rm(part, { force: true });
    // SQLite would create a file that others can read. It accepts an empty file, so create a private one first.
    await (await open(part, 'wx', 0o600)).close();
    await readDatabase(dataDir, (database) => database.prepare('VACUUM INTO ?').run(part));
    await syncFile(part);
    const facts = inspectFile(part);
    const sum = `${await sha256(part)}  ${facts.bytes}  ${basename(file)}\n`;
    await rm(checksumFile(file), { force: true });
    await writeFile(checksumFile(file), sum, { mode: 0o600, flag: 'wx', flush: true });
    await rename(part, file);
    await syncFile(dirname(resolve(file)));
    return facts;
  } catch (error) {
    await rm(part, { force: true });
    throw new BackupRefused(`No backup was made of ${source}: ${reasonOf(error)}`);
  }
}

/**
 * Checks a backup by the length and the SHA-256 written beside it, then by SQLite's own means.
 * @throws BackupRefused if the file is cut short, was changed, or is not a backup.
 */
export async function inspectBackup(file: string): Promise<DatabaseFacts> {
  try {
    const { size } = await stat(file);
    const written = await readFile(checksumFile(file), 'utf8').catch(() => '');
    const [, sum, bytes] = /^([0-9a-f]{64}) {2}(\d+) {2}/.exec(written) ?? [];
    if (!sum) throw new Error(`${checksumFile(file)} is missing or not readable.`);
    if (size !== Number(bytes)) {
      throw new Error(`it has ${size} bytes, and had ${bytes} when it was made.`);
    }
    if ((await sha256(file)) !== sum) throw new Error('it has been altered since it was made.');
    return inspectFile(file);
  } catch (error) {
    throw new BackupRefused(`${file} is not a whole backup: ${reasonOf(error)}`);
  }
}

/**
 * Restores a backup into a folder without a store. The folder is locked while it runs. If the process is killed, there
 * is either no store or a complete one.
 * @param prepare changes the store before it gets its place. It is given a folder of its own, with the store in it.
 * @throws BackupRefused if the folder holds a store or is in use, or the backup is damaged.
 */
export async function restore(
  file: string,
  dataDir: string,
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<DatabaseFacts> {
  const facts = await inspectBackup(file);
  const target = databaseFile(dataDir);
  const folder = dirname(target);
  const staging = join(folder, 'restore.part');
  try {
    const release = await lockFolder(folder);
    try {
      await refuseExisting(target);
      await rm(staging, { recursive: true, force: true });
      await createPrivateFolder(staging);
      const part = databaseFile(staging);
      await createPrivateFile(part);
      await copyFile(file, part);
      await prepare(staging);
      await syncFile(part);
      await link(part, target);
      await rm(staging, { recursive: true });
      await syncFile(folder);
    } finally {
      release();
    }
    return facts;
  } catch (error) {
    throw new BackupRefused(`${file} was not restored: ${reasonOf(error)}`);
  }
}

/** @throws Error if there is a database, or a write-ahead log that a killed process left. */
async function refuseExisting(target: string): Promise<void> {
  for (const path of [target, `${target}-wal`]) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    throw new Error(
      `${dirname(target)} is not empty. Stop Convenor, move its convenor.db and convenor.db-wal away (keep them until all is well), leave the rest where it is, and restore again.`,
    );
  }
}

/**
 * Reads a copy of a database from end to end.
 * @throws Error if it is damaged, or not a database.
 */
function inspectFile(file: string): DatabaseFacts {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return inspectDatabase(database);
  } finally {
    database.close();
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? 'there is no such file.'
    : (error as Error).message;
