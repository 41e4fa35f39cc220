import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encodeFrame, encodeHeader, HEADER_BYTES, SALT_BYTES } from './frame.ts';

/** A log file that is open for writing. */
export interface LogFile {
  readonly handle: FileHandle;
  readonly salt: Buffer;
  /** Bytes that are known to be on disk. */
  size: number;
}

/** A frame is closed once its entries reach this many bytes. */
const FRAME_BYTES = 1024 * 1024;

/** The name under which a new log is written before it takes the place of the old one. */
export function nextPath(path: string): string {
  return `${path}.next`;
}

/**
 * Writes a whole log and puts it in the place of the one at `path`. Killed at any moment, there is
 * either the old log or the new one: the new one is on disk before it gets the name.
 */
export async function writeLog(path: string, entries: Iterable<Buffer>): Promise<LogFile> {
  const salt = randomBytes(SALT_BYTES);
  const handle = await open(nextPath(path), 'w', 0o600);
  try {
    const file = { handle, salt, size: HEADER_BYTES };
    for (const frame of frames(salt, entries)) await appendBytes(file, frame);
    const header = encodeHeader({ salt, base: file.size });
    await appendBytes({ ...file, size: 0 }, header);
    await handle.sync();
    await rename(nextPath(path), path);
    return file;
  } catch (error) {
    await handle.close();
    await rm(nextPath(path), { force: true });
    throw error;
  }
}

function* frames(salt: Buffer, entries: Iterable<Buffer>): Generator<Buffer> {
  let frame: Buffer[] = [];
  let bytes = 0;
  for (const entry of entries) {
    frame.push(entry);
    bytes += entry.length;
    if (bytes < FRAME_BYTES) continue;
    yield encodeFrame(salt, frame);
    frame = [];
    bytes = 0;
  }
  if (frame.length > 0) yield encodeFrame(salt, frame);
}

/** Writes behind what is known to be on disk, whether or not the system takes it in one go. */
export async function appendBytes(file: LogFile, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    written += (await file.handle.write(bytes, written, left, file.size + written)).bytesWritten;
  }
  file.size += bytes.length;
}

/** Makes a rename in the folder of `path` last through a power cut. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no way to do this, and no need.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
