import { createHash, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createPrivateFile, DataFolderError, syncFile } from '../adapters/sqlite/data-folder.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type {
  DeletedPartnership,
  ErasureRecords,
  Tombstone,
} from '../core/ports/erasure-records.ts';

/** One line of the file. */
type KeptRecord = Tombstone | DeletedPartnership;

/** The file of a data folder with the tombstones: a line of JSON for each. */
export const tombstoneFile = (dataDir: string): string => join(resolve(dataDir), 'erased.jsonl');

/** The file of a data folder with the key of the hashes in the tombstones. */
const keyFile = (dataDir: string): string => join(resolve(dataDir), 'erased.key');

/** The file beside a backup with the tombstones that a restoration of it needs. */
export const tombstonesOfBackup = (backup: string): string => `${backup}.erased.jsonl`;

const KEY_BYTES = 32;
/** In characters of base64url, 6 bits each. */
const HASH_LENGTH = 16;

interface Options {
  dataDir: string;
  /** Where backups are. Their tombstones are written too, if this account may do that; else the next backup does. */
  backupDir?: string;
  log?: Pick<Log, 'warn'>;
}

/**
 * Opens the records of erasures in a data folder. It creates the folder and the key if they are missing. Only the owner
 * can read them.
 */
export async function openErasureRecords(options: Options): Promise<ErasureRecords> {
  const { dataDir, backupDir, log } = options;
  const key = await readOrCreateKey(dataDir);
  const hash = (text: string) =>
    createHmac('sha256', key).update(text).digest('base64url').slice(0, HASH_LENGTH);
  return {
    keyId: createHash('sha256')
      .update('erasure key id')
      .update(key)
      .digest('base64url')
      .slice(0, 8),
    hash,
    async record(tombstone) {
      await appendLine(tombstoneFile(dataDir), tombstone);
      await syncFile(resolve(dataDir));
      if (backupDir === undefined) return;
      try {
        for (const backup of await backupsIn(backupDir)) {
          await appendLine(tombstonesOfBackup(backup), tombstone);
        }
      } catch (error) {
        // Backups can belong to another account. The next backup copies the tombstones to all of them.
        log?.warn(errorFields(error), 'tombstone not written beside the backups');
      }
    },
  };
}

/** Creates the key under another name first: the key file is either whole or not there. */
async function readOrCreateKey(dataDir: string): Promise<Buffer> {
  const file = keyFile(dataDir);
  const existing = await readIfPresent(file);
  if (existing === undefined) {
    await mkdir(resolve(dataDir), { recursive: true, mode: 0o700 });
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    await createPrivateFile(part);
    const handle = await open(part, 'r+');
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await handle.sync();
    await handle.close();
    // Another process may have created it in the meantime: then that one counts.
    await link(part, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(part);
    await syncFile(resolve(dataDir));
  }
  const text = (existing ?? (await readFile(file, 'utf8'))).trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new DataFolderError(
    `${file} is damaged. Put it back from a copy. Without one, remove it: names that were erased before are then no longer recognised.`,
  );
}

async function appendLine(file: string, tombstone: KeptRecord): Promise<void> {
  await createPrivateFile(file);
  const handle = await open(file, 'a');
  try {
    // The last line may have been cut off: so begin a new one.
    await handle.writeFile(`\n${JSON.stringify(tombstone)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const backupsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.db')).map((name) => join(folder, name));

async function readIfPresent(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Reads the tombstones of files, each once. A file that is missing has none; nor has a line that was cut off. */
export async function readTombstones(files: readonly string[]): Promise<KeptRecord[]> {
  const byId = new Map<string, KeptRecord>();
  for (const file of files) {
    for (const line of ((await readIfPresent(file)) ?? '').split('\n')) {
      const tombstone = tombstoneIn(line);
      if (tombstone) byId.set(tombstone.id, tombstone);
    }
  }
  return [...byId.values()];
}

function tombstoneIn(line: string): KeptRecord | undefined {
  try {
    const read = JSON.parse(line) as Partial<KeptRecord> | null;
    const isWhole = typeof read?.id === 'string' && typeof read.partnership === 'string';
    return isWhole ? (read as KeptRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Copies tombstones into a file that lacks them, and waits until they are on disk. */
export async function addTombstones(from: readonly string[], to: string): Promise<KeptRecord[]> {
  const known = new Set((await readTombstones([to])).map(({ id }) => id));
  const missing = (await readTombstones(from)).filter(({ id }) => !known.has(id));
  for (const tombstone of missing) await appendLine(to, tombstone);
  return readTombstones([to]);
}
