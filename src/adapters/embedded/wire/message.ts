import { serialize } from 'bson';
import { type Element, elements, invalid } from '../bson/element.ts';
import { CommandError } from '../errors.ts';

/** The largest message, in bytes, that hello announces. */
export const MAX_MESSAGE = 48_000_000;

/** Message kinds. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#opcodes */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const MORE_TO_COME = 2;

/** One command as it came over the wire. */
export interface Request {
  readonly id: number;
  readonly kind: 'message' | 'query';
  /** The command's fields in their order; the first is its name. */
  readonly fields: readonly Element[];
  /** Lists of documents that were sent beside the command, by field name. */
  readonly lists: ReadonlyMap<string, readonly Buffer[]>;
  /** False when the sender wants no answer (write concern 0). */
  readonly answered: boolean;
}

/** The length that a message announces in its first four bytes. @throws CommandError 22 */
export function messageLength(head: Buffer): number {
  const length = head.readInt32LE(0);
  if (length < HEADER_BYTES + 5 || length > MAX_MESSAGE)
    throw new CommandError(
      22,
      `A message of ${length} bytes is refused: ${MAX_MESSAGE} is the most.`,
    );
  return length;
}

/** Reads a whole message. @throws CommandError 22 */
export function readMessage(bytes: Buffer): Request {
  const kind = bytes.readInt32LE(12);
  if (kind === OP_QUERY) return readQuery(bytes);
  if (kind === OP_MSG) return readMsg(bytes);
  throw invalid(`messages of kind ${kind} are not read here`);
}

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg */
function readMsg(bytes: Buffer): Request {
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~MORE_TO_COME) !== 0) throw invalid(`the flags ${flags} are not known`);
  const lists = new Map<string, Buffer[]>();
  let fields: Element[] | undefined;
  let at = HEADER_BYTES + 4;
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = at + lengthAt(bytes, at);
    if (end > bytes.length || (section !== 0 && section !== 1)) throw invalid('a section is wrong');
    if (section === 0) {
      if (fields) throw invalid('there are two commands');
      fields = elements(bytes.subarray(at, end));
    } else {
      const nameEnd = bytes.indexOf(0, at + 4);
      if (nameEnd === -1 || nameEnd >= end) throw invalid('a list has no name');
      const name = bytes.toString('utf8', at + 4, nameEnd);
      if (lists.has(name)) throw invalid(`the list '${name}' comes twice`);
      lists.set(name, documents(bytes.subarray(nameEnd + 1, end)));
    }
    at = end;
  }
  if (!fields) throw invalid('there is no command');
  const twice = fields.find((field) => lists.has(field.name));
  if (twice) throw invalid(`the list '${twice.name}' comes twice`);
  const answered = (flags & MORE_TO_COME) === 0;
  return { id: bytes.readInt32LE(4), kind: 'message', fields, lists, answered };
}

/** Drivers open a connection with a hello in this older form; nothing else is read in it. */
function readQuery(bytes: Buffer): Request {
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  const at = nameEnd + 9;
  if (nameEnd === -1 || at + lengthAt(bytes, at) !== bytes.length)
    throw invalid('a query is wrong');
  const fields = elements(bytes.subarray(at));
  const name = fields[0]?.name.toLowerCase();
  if (name !== 'hello' && name !== 'ismaster') throw invalid('OP_QUERY is read for hello alone');
  const lists = new Map<string, Buffer[]>();
  return { id: bytes.readInt32LE(4), kind: 'query', fields, lists, answered: true };
}

function documents(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + lengthAt(bytes, at);
    if (end > bytes.length) throw invalid('a document has no end');
    found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

function lengthAt(bytes: Buffer, at: number): number {
  const length = at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0;
  if (length < 5) throw invalid('a length is wrong');
  return length;
}

/** An answer: an object, or a document that is BSON already. */
export type Reply = Record<string, unknown> | Buffer;

/** The bytes that answer a request. */
export function writeReply(request: Pick<Request, 'id' | 'kind'>, reply: Reply): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : serialize(reply);
  const isQuery = request.kind === 'query';
  // OP_REPLY: flags, cursor id, starting from, one document. OP_MSG: flags, section kind 0.
  const head = Buffer.alloc(HEADER_BYTES + (isQuery ? 20 : 5));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}
