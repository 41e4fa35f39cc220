import { crc32 } from 'node:zlib';

/*
 * The log is a header, then frames. A frame is the log's salt, the length of what follows (uint32 LE),
 * its CRC-32 and then entries, one BSON document after the other. One frame is one fdatasync, so at most
 * the last frame can be torn. The salt is random for each log: no stored text can look like a frame.
 */

const MAGIC = Buffer.from('CONVLOG1');
export const SALT_BYTES = 8;
/** Magic, salt, base (double LE), CRC-32 of these. */
export const HEADER_BYTES = MAGIC.length + SALT_BYTES + 12;
export const FRAME_HEAD_BYTES = SALT_BYTES + 8;

/** How a log begins. */
export interface Header {
  readonly salt: Buffer;
  /** How many bytes were on disk before the log got its name: damage among these is no torn write. */
  readonly base: number;
}

/** The bytes a log begins with. */
export function encodeHeader({ salt, base }: Header): Buffer {
  const header = Buffer.concat([MAGIC, salt, Buffer.alloc(12)]);
  header.writeDoubleLE(base, HEADER_BYTES - 12);
  header.writeUInt32LE(crc32(header.subarray(0, -4)), HEADER_BYTES - 4);
  return header;
}

/** Undefined when this is no header, or a damaged one. */
export function decodeHeader(bytes: Buffer): Header | undefined {
  const isWhole = bytes.readUInt32LE(HEADER_BYTES - 4) === crc32(bytes.subarray(0, -4));
  if (!isWhole || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const salt = Buffer.from(bytes.subarray(MAGIC.length, MAGIC.length + SALT_BYTES));
  return { salt, base: bytes.readDoubleLE(HEADER_BYTES - 12) };
}

/** A frame around these entries. */
export function encodeFrame(salt: Buffer, entries: readonly Buffer[]): Buffer {
  const frame = Buffer.concat([Buffer.alloc(FRAME_HEAD_BYTES), ...entries]);
  salt.copy(frame);
  frame.writeUInt32LE(frame.length - FRAME_HEAD_BYTES, SALT_BYTES);
  frame.writeUInt32LE(checksum(frame), SALT_BYTES + 4);
  return frame;
}

/** The length of the whole frame that a head announces, or undefined when this is no head. */
export function frameLength(salt: Buffer, head: Buffer): number | undefined {
  if (!salt.equals(head.subarray(0, SALT_BYTES))) return undefined;
  return FRAME_HEAD_BYTES + head.readUInt32LE(SALT_BYTES);
}

/** Whether a frame is as it was written. */
export function isIntact(frame: Buffer): boolean {
  return frame.readUInt32LE(SALT_BYTES + 4) === checksum(frame);
}

/** Covers the length and the entries. */
function checksum(frame: Buffer): number {
  const length = frame.subarray(SALT_BYTES, SALT_BYTES + 4);
  return crc32(frame.subarray(FRAME_HEAD_BYTES), crc32(length));
}
