import { notSupported } from './command-error.ts';

/**
 * Values as bytes whose order is MongoDB's order of values: null, numbers, text by its UTF-8 bytes, flags, dates. No
 * encoded value is the beginning of another, so several in a row sort as an index of several fields does.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
const NULL = 0x05;
const NUMBER = 0x10;
const TEXT = 0x20;
const FLAG = 0x40;
const DATE = 0x50;

/** Greater than any byte that can follow an encoded value. */
const BEHIND = Buffer.from([0xff]);

/** All keys lie between these. The first is not empty: a binding of SQLite may take no bytes for NULL. */
export const LOWEST = Buffer.from([0]);
export const HIGHEST = BEHIND;

/** The first byte tells the type of a value. */
export const typeStart = (encoded: Buffer): Buffer => encoded.subarray(0, 1);
export const typeEnd = (encoded: Buffer): Buffer => Buffer.from([encoded.readUInt8(0) + 1]);

/** The lowest key behind all keys that begin with this one. */
export const behind = (key: Buffer): Buffer => Buffer.concat([key, BEHIND]);

/** Encodes one value; a missing one is null. @throws CommandError for anything but a scalar. */
export function encodeValue(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([NULL]);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeText(value);
  if (typeof value === 'boolean') return Buffer.from([FLAG, value ? 1 : 0]);
  if (value instanceof Date) return encodeDate(value);
  throw notSupported('a filter or an index on lists, objects and rare types');
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = NUMBER;
  // Adding 0 makes -0 and 0 one value.
  bytes.writeDoubleBE(value + 0, 1);
  const isNegative = bytes.readUInt8(1) >= 0x80;
  for (let at = 1; at < 9; at++) {
    const flip = isNegative ? 0xff : at === 1 ? 0x80 : 0;
    bytes[at] = bytes.readUInt8(at) ^ flip;
  }
  return bytes;
}

/** Two NULs end a text, and a NUL inside is followed by 0xFF: then a text sorts before a longer one. */
function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [Buffer.from([TEXT])];
  let from = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, from)) {
    parts.push(bytes.subarray(from, at + 1), BEHIND);
    from = at + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(from), Buffer.from([0, 0])]);
}

function encodeDate(date: Date): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = DATE;
  bytes.writeBigInt64BE(BigInt(date.getTime()), 1);
  bytes[1] = bytes.readUInt8(1) ^ 0x80;
  return bytes;
}
