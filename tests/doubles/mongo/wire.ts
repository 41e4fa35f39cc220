import type { Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';
import { notSupported } from './command-error.ts';

/** The largest message in bytes, as `hello` announces it. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** Kinds of messages: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#opcodes */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;

/** A command from a client. Documents that came in a section of their own are a list in it. */
export interface Request {
  id: number;
  kind: number;
  command: Document;
}

/** The messages that come in on a connection. */
export async function* readRequests(socket: Socket): AsyncGenerator<Request> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= HEADER_BYTES) {
      const length = received.readInt32LE(0);
      if (received.length < length) break;
      yield readRequest(received.subarray(0, length));
      received = received.subarray(length);
    }
  }
}

function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const kind = message.readInt32LE(12);
  if (kind === OP_MSG) return { id, kind, command: readMsg(message) };
  if (kind === OP_QUERY) return { id, kind, command: readQuery(message) };
  throw notSupported(`messages of kind ${kind}`);
}

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg */
function readMsg(message: Buffer): Document {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if (flags !== 0) throw notSupported(`the flags ${flags} of a message`);
  let command: Document = {};
  const lists: Document = {};
  let at = HEADER_BYTES + 4;
  while (at < message.length) {
    const section = message[at];
    const end = at + 1 + message.readInt32LE(at + 1);
    if (section === 0) command = deserialize(message.subarray(at + 1, end));
    else if (section === 1) {
      const nameEnd = message.indexOf(0, at + 5);
      const name = message.toString('utf8', at + 5, nameEnd);
      lists[name] = readDocuments(message.subarray(nameEnd + 1, end));
    } else throw notSupported(`section ${section} of a message`);
    at = end;
  }
  return { ...command, ...lists };
}

function readDocuments(bytes: Buffer): Document[] {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + bytes.readInt32LE(at);
    documents.push(deserialize(bytes.subarray(at, end)));
    at = end;
  }
  return documents;
}

/** Drivers open each connection with a `hello` in this older form. */
function readQuery(message: Buffer): Document {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  return { ...deserialize(message.subarray(nameEnd + 9)), $db: 'admin' };
}

/** The bytes that answer a request. */
export function encodeReply({ id, kind }: Pick<Request, 'id' | 'kind'>, reply: Document): Buffer {
  const body = serialize(reply);
  const isQuery = kind === OP_QUERY;
  // OP_REPLY: flags, cursor id, first document, number of documents. OP_MSG: flags, kind of the section.
  const head = Buffer.alloc(HEADER_BYTES + (isQuery ? 20 : 5));
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}
