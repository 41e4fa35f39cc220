import { randomInt } from 'node:crypto';
import { document, type Part } from '../bson/element.ts';
import { ARRAY, DOUBLE, LONG, OBJECT, STRING } from '../bson/types.ts';
import { CommandError } from '../errors.ts';
import type { Projection } from '../query/projection.ts';

/** Cursors that nobody has asked for so long, in milliseconds, are dropped. MongoDB's default. */
const IDLE_MS = 10 * 60_000;

/** The most bytes of documents in one answer; one document always fits. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** How many documents the first answer holds unless told otherwise. MongoDB's default. */
const FIRST_BATCH = 101;

/** Results to hand out in batches: the documents as they were when the cursor was made. */
export interface Results {
  readonly namespace: string;
  readonly docs: readonly Buffer[];
  readonly project: Projection;
}

interface Cursor extends Results {
  at: number;
  usedAt: number;
}

/** The open cursors. Documents are never edited, so a cursor holds on to them and copies nothing. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  readonly #now: () => number;

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  /** The answer to a command that finds: a first batch, and a cursor unless that is all or `single` is set. */
  first(results: Results, batchSize = FIRST_BATCH, single = false): Buffer {
    const cursor = { ...results, at: 0, usedAt: this.#now() };
    const docs = take(cursor, batchSize);
    if (single || cursor.at >= cursor.docs.length) return reply('firstBatch', 0n, cursor, docs);
    const id = BigInt(randomInt(1, 2 ** 47));
    this.#open.set(id, cursor);
    return reply('firstBatch', id, cursor, docs);
  }

  /** The next batch. @throws CommandError 43, 13 */
  next(id: bigint, namespace: string, batchSize = Number.POSITIVE_INFINITY): Buffer {
    this.dropIdle();
    const cursor = this.#open.get(id);
    if (!cursor) throw new CommandError(43, `Cursor ${id} is not known: it has ended or was idle`);
    if (cursor.namespace !== namespace)
      throw new CommandError(13, `Cursor ${id} does not belong to ${namespace}`);
    cursor.usedAt = this.#now();
    const docs = take(cursor, batchSize);
    const ended = cursor.at >= cursor.docs.length;
    if (ended) this.#open.delete(id);
    return reply('nextBatch', ended ? 0n : id, cursor, docs);
  }

  /** Closes a cursor; says whether it was open. */
  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  dropIdle(): void {
    const since = this.#now() - IDLE_MS;
    for (const [id, cursor] of this.#open) if (cursor.usedAt < since) this.#open.delete(id);
  }
}

function take(cursor: Cursor, count: number): Buffer[] {
  const docs: Buffer[] = [];
  let bytes = 0;
  while (docs.length < count && cursor.at < cursor.docs.length) {
    const doc = cursor.project(cursor.docs[cursor.at]!);
    bytes += doc.length;
    if (docs.length > 0 && bytes > BATCH_BYTES) break;
    docs.push(doc);
    cursor.at++;
  }
  return docs;
}

/** https://www.mongodb.com/docs/manual/reference/command/find/#output */
function reply(batch: string, id: bigint, { namespace }: Results, docs: readonly Buffer[]): Buffer {
  const name = Buffer.from(`    ${namespace}\0`);
  name.writeInt32LE(name.length - 4);
  const long = Buffer.alloc(8);
  long.writeBigInt64LE(id);
  const ok = Buffer.alloc(8);
  ok.writeDoubleLE(1);
  const list = document(docs.map((doc, i): Part => [OBJECT, String(i), doc]));
  const cursor = document([
    [ARRAY, batch, list],
    [LONG, 'id', long],
    [STRING, 'ns', name],
  ]);
  return document([
    [OBJECT, 'cursor', cursor],
    [DOUBLE, 'ok', ok],
  ]);
}
