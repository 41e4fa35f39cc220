import { document, type Element, elements } from '../bson/element.ts';
import { OBJECT, STRING } from '../bson/types.ts';

/**
 * One entry of the log: `{ <change>: <document>, in: <namespace> }`. Applied twice, an entry
 * does what it does once, and `put` and `remove` name their document by `_id`.
 */
export interface LogRecord {
  readonly change: Change;
  readonly doc: Buffer;
  readonly namespace: string;
}

/** What an entry of the log does; `index` declares one, `drop` drops a collection. */
export type Change = 'create' | 'index' | 'put' | 'remove' | 'drop';

const EMPTY = document([]);

/** The bytes of an entry. */
export function encodeRecord(change: Change, namespace: string, doc: Buffer = EMPTY): Buffer {
  const text = Buffer.from(`    ${namespace}\0`);
  text.writeInt32LE(text.length - 4);
  return document([
    [OBJECT, change, doc],
    [STRING, 'in', text],
  ]);
}

/** Reads what {@link encodeRecord} wrote; the document is copied, so the bytes read may be let go. */
export function decodeRecord(bytes: Buffer): LogRecord {
  const [change, within] = elements(bytes) as [Element, Element];
  return {
    change: change.name as Change,
    doc: Buffer.from(bytes.subarray(change.at, change.end)),
    namespace: bytes.toString('utf8', within.at + 4, within.end - 1),
  };
}
