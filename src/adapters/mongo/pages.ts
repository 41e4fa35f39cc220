import type { Cursor } from 'mongoose';
import type { Stored } from './stored.ts';

/** The part of a mongoose query that is read page by page. */
interface Readable {
  cursor(options: { batchSize: number }): Pick<Cursor<Stored>, 'next' | 'close'>;
}

/**
 * Reads a query in pages of `size`, each one batch of a driver's cursor, and closes it however the loop ends.
 * The server drops a cursor left alone for ten minutes, so a page should be done by then.
 * A row that moves within the index while it is read may be met twice or not at all: a job that changes the
 * fields it reads by pages over `byId`.
 * @see https://www.mongodb.com/docs/manual/core/cursors/
 */
export async function* pagesOf(query: Readable, size: number): AsyncGenerator<Stored[]> {
  const cursor = query.cursor({ batchSize: size });
  try {
    let page: Stored[] = [];
    for (let row = await cursor.next(); row; row = await cursor.next()) {
      page.push(row);
      if (page.length === size) {
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  } finally {
    await cursor.close();
  }
}
