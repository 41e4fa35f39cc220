import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { DatabaseSync } from './binding.ts';
import { databaseFile } from './data-folder.ts';

/** What a backup holds. */
export interface BackupFacts {
  bytes: number;
  /** Rows of all collections. */
  rows: number;
}

/** A backup or a restoration that cannot be made. The message says what to do. */
class BackupRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BackupRefused';
  }
}

/** Beside each backup: its length and SHA-256. SQLite's own check does not find every byte that has changed. */
const checksumFile = (file: string): string => `${file}.sha256`;

/**
 * Copies a store into a file, also while Convenor runs: all that was acknowledged before is in it. The copy is read
 * again before it gets its name.
 * @throws BackupRefused when there is no store, or the copy is not whole.
 */
export async function backUp(dataDir: string, file: string): Promise<BackupFacts> {
  const source = databaseFile(dataDir);
  const part = `${file}.part`;
  try {
    await stat(source);
    await mkdir(dirname(resolve(file)), { recursive: true, mode: 0o700 });
    await rm(part, { force: true });
    // SQLite would make the file readable for others, but takes an empty one that is there.
    await (await open(part, 'wx', 0o600)).close();
    copyDatabase(source, part);
    await syncFile(part);
    const facts = inspectDatabase(part);
    const sum = `${await sha256(part)}  ${facts.bytes}  ${basename(file)}\n`;
    await writeFile(checksumFile(file), sum, { mode: 0o600, flush: true });
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
 * @throws BackupRefused when it is cut short, altered or none.
 */
export async function inspectBackup(file: string): Promise<BackupFacts> {
  try {
    const written = await readFile(checksumFile(file), 'utf8').catch(() => '');
    const [, sum, bytes] = /^([0-9a-f]{64}) {2}(\d+) {2}/.exec(written) ?? [];
    if (!sum) throw new Error(`${checksumFile(file)} is missing or not readable.`);
    const { size } = await stat(file);
    if (size !== Number(bytes)) {
      throw new Error(`it has ${size} bytes, and had ${bytes} when it was made.`);
    }
    if ((await sha256(file)) !== sum) throw new Error('it has been altered since it was made.');
    return inspectDatabase(file);
  } catch (error) {
    throw new BackupRefused(`${file} is not a whole backup: ${reasonOf(error)}`);
  }
}

/**
 * Makes a store of a backup, in a folder that is empty or not there. Killed at any moment, there is no store yet or a
 * whole one.
 * @throws BackupRefused when the folder holds anything, or the backup is not whole.
 */
export async function restore(file: string, dataDir: string): Promise<BackupFacts> {
  const facts = await inspectBackup(file);
  const folder = resolve(dataDir);
  const target = databaseFile(folder);
  const part = `${target}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const present = (await readdir(folder)).filter((name) => name !== basename(part));
    if (present.length > 0) {
      throw new Error(
        `${folder} is not empty. Stop Convenor, move the folder away (keep it until all is well), and restore again.`,
      );
    }
    await rm(part, { force: true });
    await copyFile(file, part);
    await chmod(part, 0o600);
    await syncFile(part);
    // Unlike a rename this fails where a Convenor that has just been started made its own.
    await link(part, target);
    await rm(part);
    await syncFile(folder);
    return facts;
  } catch (error) {
    throw new BackupRefused(`${file} was not restored: ${reasonOf(error)}`);
  }
}

/**
 * Reads a database from end to end, and changes nothing.
 * @throws Error when it is damaged, or none.
 */
function inspectDatabase(file: string): BackupFacts {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const [first] = database.prepare('PRAGMA integrity_check(1)').all();
    if (first?.integrity_check !== 'ok') throw new Error('it is damaged.');
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
      .all();
    const count = (name: string) =>
      Number(database.prepare(`SELECT count(*) AS count FROM "${name}"`).get()?.count);
    const rows = tables.reduce((sum, { name }) => sum + count(name as string), 0);
    const size = database
      .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
      .get();
    return { bytes: Number(size?.bytes), rows };
  } finally {
    database.close();
  }
}

function copyDatabase(source: string, target: string): void {
  const database = new DatabaseSync(source, { readOnly: true });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Waits until a file, or what a folder lists, is on the disk. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

const reasonOf = (error: unknown): string => (error as Error).message;
