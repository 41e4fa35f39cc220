import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, showLife, socketPath } from './sign-of-life.ts';

/** Thrown when another process holds the data folder; the message says who, and what to do. */
export class StoreHeld extends Error {
  constructor(folder: string, holder: Holder) {
    super(
      `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}, since ${holder.since}` +
        `${holder.uri ? `, at ${holder.uri}` : ''}. Stop that process, or name another folder (DATA_DIR, or --data).`,
    );
    this.name = 'StoreHeld';
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  /** The name of the socket that is its sign of life. */
  readonly socket: string;
  readonly uri?: string;
}

/** An exclusive hold on a data folder. */
export interface Lock {
  /** Tells those who come second where the store is to be found. */
  announce(uri: string): Promise<void>;
  release(): Promise<void>;
}

/*
 * Each holder writes a file of the next number (lock-1, lock-2, ...) and listens on a socket beside it
 * before the file appears. Nobody listening means that the holder is dead, however it died: the system
 * closes the socket with the process, and a pid used again cannot mislead. The highest file is never
 * deleted, not even by its owner, so of many who find the same dead holder one alone makes the next
 * number. A slow one who makes a low number after its time sees the higher one and steps back.
 */

/**
 * Takes the folder for this process.
 * @throws StoreHeld when somebody alive holds it
 */
export async function takeLock(folder: string): Promise<Lock> {
  const name = `lock-${randomBytes(6).toString('hex')}`;
  const socket = `${name}.sock`;
  const draft = join(folder, `${name}.draft`);
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), socket };
  const life = await showLife(socketPath(folder, socket));
  try {
    await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
    const number = await takeNumber(folder, draft);
    await tidy(folder, number);
    return {
      announce: async (uri) => {
        await writeFile(draft, JSON.stringify({ ...holder, uri }), { mode: 0o600 });
        await rename(draft, fileOf(folder, number));
      },
      release: () => life.end(),
    };
  } catch (error) {
    await life.end();
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Where the store of the process that holds a folder is to be found; undefined when nobody holds it. */
export async function heldAt(folder: string): Promise<string | undefined> {
  const holder = await readHolder(fileOf(folder, await highestNumber(folder)));
  if (!holder || !(await isAlive(socketPath(folder, holder.socket)))) return undefined;
  return holder.uri;
}

async function takeNumber(folder: string, draft: string): Promise<number> {
  for (;;) {
    const highest = await highestNumber(folder);
    if (highest > 0) {
      const holder = await readHolder(fileOf(folder, highest));
      if (holder && (await isAlive(socketPath(folder, holder.socket))))
        throw new StoreHeld(folder, holder);
    }
    const mine = fileOf(folder, highest + 1);
    try {
      // A link appears with its content, and fails when the name is taken.
      await link(draft, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      continue;
    }
    if ((await highestNumber(folder)) === highest + 1) return highest + 1;
    await rm(mine, { force: true });
  }
}

function fileOf(folder: string, number: number): string {
  return join(folder, `lock-${number}`);
}

async function numbersIn(folder: string): Promise<number[]> {
  const found = (await readdir(folder)).map((name) => /^lock-(\d{1,9})$/.exec(name)?.[1]);
  return found.flatMap((digits) => (digits ? [Number(digits)] : []));
}

async function highestNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await numbersIn(folder)));
}

/** Who wrote a lock file. Undefined when a power cut emptied it, or a later holder took it away. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes away what dead holders left. */
async function tidy(folder: string, mine: number): Promise<void> {
  for (const number of await numbersIn(folder)) {
    if (number >= mine) continue;
    const holder = await readHolder(fileOf(folder, number));
    if (holder) await rm(join(folder, holder.socket), { force: true });
    await rm(fileOf(folder, number), { force: true });
  }
}
