import { chmod, chown, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from './binding.ts';
import { primaryCode, resultCode, SQLITE_BUSY } from './write-op.ts';

/** The file that holds the whole store. */
export const databaseFile = (dataDir: string): string => join(resolve(dataDir), 'convenor.db');

/** An empty database. A process locks the folder by opening a transaction on it. */
const lockFile = (dataDir: string): string => join(resolve(dataDir), 'convenor.lock');

/** A file of another kind of store, which this program does not read. */
const FOREIGN_FILE = 'store.log';

/** The data folder cannot be used. The message says why, and what to do. */
export class DataFolderError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'DataFolderError';
  }
}

/** A data folder that no other process can open until it is released or this process ends. */
export interface LockedFolder {
  /** The path of the database. */
  readonly file: string;
  release(): void;
}

/**
 * Locks a data folder for this process alone. Creates the folder and an empty database if they are missing. Afterwards
 * only the owner can read it.
 *
 * The operating system drops all locks of a process on a file when the process closes that file anywhere. So nothing
 * may open the database or the lock file with `node:fs` while the folder is locked.
 * @see https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 * @throws DataFolderError if another process has locked it, it holds another kind of store, or this account may not use
 * it.
 */
export async function openDataFolder(dataDir: string): Promise<LockedFolder> {
  const release = await lockFolder(dataDir);
  try {
    const file = databaseFile(dataDir);
    await explainErrors(file, () => createPrivateFile(file));
    await denyOthers(dataDir);
    return { file, release };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Locks a data folder for this process alone, and creates it if it is missing. As for {@link openDataFolder}, nothing
 * may open the lock file with `node:fs` until it is released.
 * @returns a function that releases the lock.
 * @throws DataFolderError
 */
export async function lockFolder(dataDir: string): Promise<() => void> {
  const folder = resolve(dataDir);
  await explainErrors(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (await statIfPresent(join(folder, FOREIGN_FILE))) {
      throw new DataFolderError(
        `${folder} holds a ${FOREIGN_FILE}, which this version of Convenor does not read. Name another folder in DATA_DIR, or move that file away.`,
      );
    }
    await createPrivateFile(lockFile(folder));
  });
  return lock(folder, 'exclusive');
}

/**
 * Keeps Convenor from starting on a folder while this process reads it. The process needs no right to write there.
 * @returns a function that releases the lock.
 * @throws DataFolderError if Convenor runs.
 */
export function shareFolder(dataDir: string): () => void {
  return lock(resolve(dataDir), 'shared');
}

function lock(folder: string, kind: 'exclusive' | 'shared'): () => void {
  const database = new DatabaseSync(lockFile(folder), { readOnly: kind === 'shared' });
  const sql =
    kind === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT count(*) FROM sqlite_schema';
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec(sql);
  } catch (error) {
    database.close();
    if (primaryCode(resultCode(error)) !== SQLITE_BUSY) throw error;
    throw new DataFolderError(
      `Another process of Convenor has ${folder}: stop it first, or name another folder in DATA_DIR. Several processes can share a MongoDB (MONGODB_URI).`,
    );
  }
  return () => database.close();
}

/**
 * Creates an empty file that only its owner can read. An existing one is not opened. If root creates it, it belongs to
 * the owner of the folder: otherwise the account that Convenor runs as could not use it.
 */
export async function createPrivateFile(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
    const { uid, gid } = await stat(dirname(file));
    if (process.getuid?.() === 0) await chown(file, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Waits until a file, or the list of the files in a folder, is on disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

/** Creates a folder that only its owner can use. It belongs to the owner of the folder that it is in. */
export async function createPrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  const { uid, gid } = await stat(dirname(folder));
  if (process.getuid?.() === 0) await chown(folder, uid, gid);
}

/** Removes the rights of other accounts to the folder and its files. */
async function denyOthers(dataDir: string): Promise<void> {
  const files = ['', '-wal', '-shm'].map((end) => `${databaseFile(dataDir)}${end}`);
  for (const path of [resolve(dataDir), lockFile(dataDir), ...files]) {
    const mode = (await statIfPresent(path))?.mode;
    if (mode === undefined || (mode & 0o077) === 0) continue;
    try {
      await chmod(path, mode & 0o700);
    } catch {
      throw new DataFolderError(
        `Others can read ${path}, and it belongs to another account. Give it to the account that Convenor runs as (chown), or take their rights away (chmod go-rwx).`,
      );
    }
  }
}

/** What to do about an error of the file system, by its code: https://nodejs.org/api/errors.html#common-system-errors */
const REMEDIES: Record<string, string> = {
  EACCES: 'Give it to the account that Convenor runs as (chown), or name another one in DATA_DIR.',
  EPERM: 'Give it to the account that Convenor runs as (chown), or name another one in DATA_DIR.',
  EROFS: 'Its disk is mounted read-only: mount it for writing, or name another one in DATA_DIR.',
  ENOSPC: 'Its disk is full: make room.',
  ENOTDIR: 'A file is where a folder should be: name another one in DATA_DIR.',
  EEXIST: 'A file is where a folder should be: name another one in DATA_DIR.',
};

/** @throws DataFolderError for an error of the file system that the operator can mend. */
async function explainErrors(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const remedy = REMEDIES[code];
    throw remedy ? new DataFolderError(`${path} cannot be used (${code}). ${remedy}`) : error;
  }
}

async function statIfPresent(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
