import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeHeader, FRAME_HEAD_BYTES, frameLength, HEADER_BYTES, isIntact } from './frame.ts';

/** What was found in a log. */
export interface LogContents {
  readonly salt: Buffer;
  /** Bytes up to the end of the last intact frame. */
  readonly end: number;
  /** Bytes in the file: more than `end` when the last write was torn. */
  readonly size: number;
}

const REMEDY = 'Put the file back from a backup, or move it away to begin empty.';

const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Reads a log from the beginning and hands over each entry; the bytes are only lent.
 * @throws Error with a remedy when the file is no log, or is damaged before its last frame
 */
export function readLog(path: string, onEntry: (entry: Buffer) => void): LogContents {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const read = windowOn(file, size);
    const head = read(0, HEADER_BYTES);
    const header = head && decodeHeader(head);
    if (!header)
      throw new Error(`${path} does not begin as a log of the embedded store. ${REMEDY}`);
    const { salt, base } = header;
    let end = HEADER_BYTES;
    for (;;) {
      const frame = frameAt(read, salt, end);
      if (!frame) break;
      for (let at = FRAME_HEAD_BYTES; at < frame.length; ) {
        const next = at + frame.readInt32LE(at);
        onEntry(frame.subarray(at, next));
        at = next;
      }
      end += frame.length;
    }
    if (end < base || (end < size && intactFrameAfter(read, salt, end, size)))
      throw new Error(
        `${path} is damaged at byte ${end} of ${size}, in what was safely on disk. Nothing was changed. ${REMEDY}`,
      );
    return { salt, end, size };
  } finally {
    closeSync(file);
  }
}

type Read = (at: number, length: number) => Buffer | undefined;

/** Reads ranges of a file, a window at a time; undefined when the file ends before. */
function windowOn(file: number, size: number): Read {
  let window = Buffer.alloc(0);
  let begins = 0;
  return (at, length) => {
    if (at + length > size) return undefined;
    if (at < begins || at + length > begins + window.length) {
      window = Buffer.allocUnsafe(Math.min(Math.max(length, WINDOW_BYTES), size - at));
      begins = at;
      let filled = 0;
      while (filled < window.length) {
        const got = readSync(file, window, filled, window.length - filled, at + filled);
        if (got === 0) return undefined;
        filled += got;
      }
    }
    return window.subarray(at - begins, at - begins + length);
  };
}

function frameAt(read: Read, salt: Buffer, at: number): Buffer | undefined {
  const head = read(at, FRAME_HEAD_BYTES);
  const length = head && frameLength(salt, head);
  const frame = length === undefined ? undefined : read(at, length);
  return frame && isIntact(frame) ? frame : undefined;
}

/** A torn write is the last thing in a log. Something whole behind the damage means lost data. */
function intactFrameAfter(read: Read, salt: Buffer, from: number, size: number): boolean {
  for (let at = from + 1; at < size; ) {
    const window = read(at, Math.min(WINDOW_BYTES, size - at));
    const found = window?.indexOf(salt) ?? -1;
    if (found !== -1 && frameAt(read, salt, at + found)) return true;
    // Windows overlap, so a salt across their border is seen.
    at += found !== -1 ? found + 1 : WINDOW_BYTES - salt.length;
  }
  return false;
}
