import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Catalog } from './catalog/catalog.ts';
import { decodeRecord } from './catalog/record.ts';
import { readLog } from './disk/read-log.ts';
import { nextPath, syncFolder } from './disk/write-log.ts';

/** What a log holds. */
export interface LogFacts {
  readonly documents: number;
  /** Without a last write that was cut short. */
  readonly bytes: number;
}

/** Where the embedded store keeps everything. */
export const logOf = (dataDir: string) => join(resolve(dataDir), 'store.log');

/** Somebody asked for a backup or a restoration that cannot be. The message says what to do. */
export class BackupRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BackupRefused';
  }
}

/**
 * Reads a log from end to end, as a store that opens it would, and changes nothing: of a backup, or of a store that runs.
 * @throws Error with a remedy when it is damaged, or is no log
 */
export function inspectLog(path: string): LogFacts {
  const catalog = new Catalog();
  const { end } = readLog(path, (entry) => catalog.restore(decodeRecord(entry)));
  catalog.open({ append: () => {} });
  return { documents: catalog.documents(), bytes: end };
}

/**
 * Copies a store into a file, also while it runs: all that was acknowledged before is in it. The log is only added to, so
 * what it held at one moment is its first so many bytes; a compaction puts another file in its place, and the one
 * that is being copied stays as it is.
 * @throws BackupRefused when there is no store, or it cannot be read
 */
export async function backUp(dataDir: string, file: string): Promise<LogFacts> {
  const log = logOf(dataDir);
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await copy(log, part);
    const facts = inspectLog(part);
    await seal(part, facts.bytes);
    await rename(part, file);
    await syncFolder(file);
    return facts;
  } catch (error) {
    await rm(part, { force: true });
    throw new BackupRefused(`No backup was made of ${log}: ${(error as Error).message}`);
  }
}

/**
 * Makes a store of a backup, in a folder that is empty or not there. Killed at any moment, there is no store yet or a
 * whole one.
 * @throws BackupRefused when the folder holds anything, or the backup is damaged or none
 */
export async function restore(file: string, dataDir: string): Promise<LogFacts> {
  const log = logOf(dataDir);
  const folder = dirname(log);
  try {
    const facts = inspectLog(file);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0)
      throw new Error(
        `${folder} is not empty. Stop Convenor, move the folder away (keep it until all is well), and restore again.`,
      );
    await copy(file, nextPath(log));
    await seal(nextPath(log), facts.bytes);
    // Unlike a rename this fails where a store that has just been started made its own.
    await link(nextPath(log), log);
    await rm(nextPath(log));
    await syncFolder(log);
    return facts;
  } catch (error) {
    throw new BackupRefused(`${file} was not restored: ${(error as Error).message}`);
  }
}

/** Copies as many bytes as the file has now. */
async function copy(from: string, to: string): Promise<void> {
  const source = await open(from, 'r');
  try {
    const { size } = await source.stat();
    const target = await open(to, 'w', 0o600);
    const bytes = source.createReadStream({
      start: 0,
      end: Math.max(size, 1) - 1,
      autoClose: false,
    });
    await pipeline(bytes, target.createWriteStream());
  } finally {
    await source.close();
  }
}

/** Cuts an unfinished write off the end, and waits until all is on disk. */
async function seal(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
