import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Database, DatabaseSync } from './binding.ts';
import { primaryCode, resultCode, SQLITE_BUSY } from './write-op.ts';

/** The file that holds everything. */
export const databaseFile = (dataDir: string): string => join(resolve(dataDir), 'convenor.db');

/** An empty database. The process that has a transaction on it has the folder. */
const lockFile = (dataDir: string): string => join(resolve(dataDir), 'convenor.lock');

/** Files of an embedded store of before, which this program does not read. */
const FOREIGN_FILE = 'store.log';

/** The data folder cannot be used. The message says why, and what to do. */
class DataFolderError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'DataFolderError';
  }
}

/** A data folder that no other process can open until it is released, or this process ends in whatever way. */
export interface HeldFolder {
  readonly file: string;
  release(): void;
}

/**
 * Takes a data folder for this process alone, and makes it if need be. Nobody but the owner can read it afterwards.
 *
 * The operating system drops all locks of a process on a file when the process closes that file anywhere: nothing may
 * open the database or the lock by `node:fs` while the folder is held.
 * @see https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 * @throws DataFolderError when another process has it, or it holds something else, or others could read it.
 */
export async function holdFolder(dataDir: string): Promise<HeldFolder> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await isThere(join(folder, FOREIGN_FILE))) {
    throw new DataFolderError(
      `${folder} holds a ${FOREIGN_FILE}, which this version of Convenor does not read. Name another folder in DATA_DIR, or move that file away.`,
    );
  }
  for (const file of [lockFile(folder), databaseFile(folder)]) await makePrivately(file);
  await closeToOthers(folder);
  return { file: databaseFile(folder), release: lock(folder) };
}

/** @returns what gives the lock back. */
function lock(folder: string): () => void {
  const database: Database = new DatabaseSync(lockFile(folder));
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (primaryCode(resultCode(error)) !== SQLITE_BUSY) throw error;
    throw new DataFolderError(
      `Another process of Convenor has ${folder}: stop it first, or name another folder in DATA_DIR. Several processes can share a MongoDB (MONGODB_URI).`,
    );
  }
  return () => database.close();
}

/** Creates an empty file that only its owner can read; one that is there stays unopened. */
async function makePrivately(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Takes away what others may do with the folder and its files. */
async function closeToOthers(folder: string): Promise<void> {
  const files = ['', '-wal', '-shm'].map((end) => `${databaseFile(folder)}${end}`);
  for (const path of [folder, lockFile(folder), ...files]) {
    const mode = (await isThere(path))?.mode;
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

async function isThere(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
