import { type Element, elements } from './element.ts';
import { numberOf } from './number.ts';
import * as types from './types.ts';

/*
 * Values become strings of bytes (latin1) whose plain `<` is MongoDB's order, and which are equal
 * exactly when MongoDB holds the values equal. No key is the beginning of another, so keys can be
 * joined, and a joined key begins with its first part. Filters, sorts and indexes all compare these.
 */

/** Greater than whatever may follow a key: `key + BEHIND` is the place just behind all that begin with it. */
export const BEHIND = '\u0100';

let scratch = Buffer.allocUnsafe(1024);
let length = 0;

/** The key of a value; a missing one is null, as in MongoDB's equality and sorts. */
export function keyOf(element: Element | undefined): string {
  length = 0;
  write(element);
  return scratch.toString('latin1', 0, length);
}

/** The joined key of several values, those marked in `descending` turned round. */
export function joinedKey(
  values: readonly (Element | undefined)[],
  descending: readonly boolean[],
): string {
  length = 0;
  values.forEach((value, i) => {
    const from = length;
    write(value);
    if (descending[i]) for (let at = from; at < length; at++) scratch[at]! ^= 0xff;
  });
  return scratch.toString('latin1', 0, length);
}

/** The key turned round: sorts descending. */
export function turned(key: string): string {
  const bytes = Buffer.from(key, 'latin1');
  for (let at = 0; at < bytes.length; at++) bytes[at]! ^= 0xff;
  return bytes.toString('latin1');
}

function room(bytes: number): void {
  if (length + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe((length + bytes) * 2);
  scratch.copy(larger, 0, 0, length);
  scratch = larger;
}

function write(element: Element | undefined): void {
  room(16);
  scratch[length++] = types.rankOf(element?.type ?? types.NULL)!;
  if (!element) return;
  const { doc, type, at, end } = element;
  switch (type) {
    case types.DOUBLE:
    case types.INT:
    case types.LONG:
      writeNumber(numberOf(element)!);
      break;
    case types.STRING:
      writeText(doc, at + 4, end - 1);
      break;
    case types.OBJECT:
    case types.ARRAY:
      writeFields(element);
      break;
    case types.BINARY:
      // The length comes first, then the kind, then the bytes.
      room(end - at);
      length = scratch.writeUInt32BE(doc.readUInt32LE(at), length);
      length += doc.copy(scratch, length, at + 4, end);
      break;
    case types.DATE:
      length = scratch.writeInt32BE(doc.readInt32LE(at + 4) ^ 0x80000000, length);
      length = scratch.writeUInt32BE(doc.readUInt32LE(at), length);
      break;
    default:
      length += doc.copy(scratch, length, at, end);
  }
}

function writeNumber(value: number): void {
  const from = length;
  // Adding 0 makes -0 and 0 one. NaN comes before all numbers, and all NaNs are one.
  length = scratch.writeDoubleBE(value + 0, from);
  if (Number.isNaN(value)) scratch.fill(0, from, length);
  else if (scratch[from]! < 0x80) scratch[from]! ^= 0x80;
  else for (let at = from; at < length; at++) scratch[at]! ^= 0xff;
}

/** UTF-8 bytes, each NUL as 00 FF, then 00 00. */
function writeText(doc: Buffer, at: number, end: number): void {
  room((end - at) * 2 + 2);
  for (let i = at; i < end; i++) {
    const byte = doc[i]!;
    scratch[length++] = byte;
    if (byte === 0) scratch[length++] = 0xff;
  }
  scratch[length++] = 0;
  scratch[length++] = 0;
}

/** Field by field: type, then name, then value; whoever ends first is less. */
function writeFields(parent: Element): void {
  for (const field of elements(parent.doc, parent.at)) {
    room(field.at - field.start);
    scratch[length++] = types.rankOf(field.type)!;
    if (parent.type === types.OBJECT)
      length += field.doc.copy(scratch, length, field.start + 1, field.at);
    write(field);
  }
  room(1);
  scratch[length++] = 0;
}
