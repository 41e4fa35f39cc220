import { CommandError } from '../errors.ts';
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  DOUBLE,
  INT,
  LONG,
  NULL,
  OBJECT,
  OBJECT_ID,
  STRING,
} from './types.ts';

/**
 * One field of a BSON document, as offsets into its bytes. Documents are never decoded: what was
 * sent is what is kept and sent back, so no type can change on the way.
 */
export interface Element {
  readonly doc: Buffer;
  readonly type: number;
  readonly name: string;
  /** Where the type byte stands. */
  readonly start: number;
  /** Where the value begins. */
  readonly at: number;
  /** Just behind the value. */
  readonly end: number;
}

/** InvalidBSON (22). */
export function invalid(why: string): CommandError {
  return new CommandError(22, `The message holds broken BSON: ${why}`);
}

/**
 * The fields of the document that begins at `at`.
 * @throws CommandError 22 when a length leads outside the document
 */
export function elements(doc: Buffer, at = 0): Element[] {
  const length = at + 5 <= doc.length ? doc.readInt32LE(at) : 0;
  const last = at + length - 1;
  if (length < 5 || last >= doc.length || doc[last] !== 0) throw invalid('a length is wrong');
  const found: Element[] = [];
  let start = at + 4;
  while (start < last) {
    const nameEnd = doc.indexOf(0, start + 1);
    if (nameEnd === -1 || nameEnd >= last) throw invalid('a field name has no end');
    const type = doc[start]!;
    const end = nameEnd + 1 + sizeOf(doc, type, nameEnd + 1, last);
    if (end > last) throw invalid('a value has no end');
    const name = doc.toString('utf8', start + 1, nameEnd);
    found.push({ doc, type, name, start, at: nameEnd + 1, end });
    start = end;
  }
  return found;
}

/** A field's name made ready for {@link find}. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Makes a name ready to be found. */
export function needle(name: string): Needle {
  return { name, bytes: Buffer.from(`${name}\0`) };
}

/** The field of that name in a document that was checked before; fast, for scans. */
export function find(doc: Buffer, { name, bytes }: Needle): Element | undefined {
  const last = doc.length - 1;
  let start = 4;
  while (start < last) {
    let at = start + 1;
    let same = 0;
    while (same < bytes.length && doc[at + same] === bytes[same]) same++;
    const found = same === bytes.length;
    at += found ? same - 1 : same;
    while (doc[at] !== 0) at++;
    at += 1;
    const type = doc[start]!;
    const end = at + sizeOf(doc, type, at, last);
    if (found) return { doc, type, name, start, at, end };
    start = end;
  }
  return undefined;
}

/** How many bytes the value at `at` takes; `last` bounds what may be read. */
function sizeOf(doc: Buffer, type: number, at: number, last: number): number {
  switch (type) {
    case DOUBLE:
    case DATE:
    case LONG:
    case 0x11:
      return 8;
    case INT:
      return 4;
    case BOOLEAN:
      return 1;
    case OBJECT_ID:
      return 12;
    case NULL:
    case 0x06:
    case 0x7f:
    case 0xff:
      return 0;
    case 0x13:
      return 16;
    case STRING:
    case 0x0d:
    case 0x0e:
      return 4 + lengthAt(doc, at, last, 1);
    case OBJECT:
    case ARRAY:
    case 0x0f:
      return lengthAt(doc, at, last, 5);
    case BINARY:
      return 5 + lengthAt(doc, at, last, 0);
    case 0x0c:
      return 16 + lengthAt(doc, at, last, 1);
    case 0x0b: {
      const options = doc.indexOf(0, at) + 1;
      const end = options === 0 ? -1 : doc.indexOf(0, options);
      if (end === -1) throw invalid('a regular expression has no end');
      return end + 1 - at;
    }
    default:
      throw invalid(`there is no BSON type ${type}`);
  }
}

function lengthAt(doc: Buffer, at: number, last: number, least: number): number {
  const length = at + 4 <= last ? doc.readInt32LE(at) : -1;
  if (length < least) throw invalid('a length is wrong');
  return length;
}

/** One field to write: its type, its name and the bytes of its value. */
export type Part = readonly [type: number, name: string, value: Uint8Array];

/** A BSON document of these fields. */
export function document(parts: Iterable<Part>): Buffer {
  const pieces: Uint8Array[] = [Buffer.alloc(4)];
  for (const [type, name, value] of parts) {
    const head = Buffer.allocUnsafe(Buffer.byteLength(name) + 2);
    head[0] = type;
    head.write(name, 1);
    head[head.length - 1] = 0;
    pieces.push(head, value);
  }
  pieces.push(Buffer.alloc(1));
  const whole = Buffer.concat(pieces);
  whole.writeInt32LE(whole.length);
  return whole;
}

/** The field as it stands, to be written again. */
export function partOf(element: Element): Part {
  return [element.type, element.name, element.doc.subarray(element.at, element.end)];
}
