import { mongo } from 'mongoose';
import { ConflictError } from '../../core/ports/store.ts';

/** A unique key is taken: the one code of the server that the store reads. https://www.mongodb.com/docs/manual/reference/error-codes/ */
const duplicateKey = 11000;

/** What a single write's error means to core: `Conflict` for a taken key, else the error itself. */
export function translated(collection: string, error: unknown): unknown {
  const taken = error instanceof mongo.MongoServerError && error.code === duplicateKey;
  return taken ? new ConflictError(collection) : error;
}

/**
 * Which rows of an unordered insert were left out because a key of theirs was taken.
 * @returns their places in the list.
 * @throws the error itself, without the rows in it, if anything else went wrong.
 * @see https://www.mongodb.com/docs/manual/reference/command/insert/#output
 */
export function leftOut(error: unknown): ReadonlySet<number> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw withoutRows(error);
  const failed = [error.writeErrors].flat();
  const others = failed.filter(({ code }) => code !== duplicateKey).map(({ code }) => code);
  const concern = error.result.getWriteConcernError();
  if (failed.length > 0 && others.length === 0 && !concern) {
    return new Set(failed.map(({ index }) => index));
  }
  // The server's words on a row may quote it; those on a lost connection or a write concern do not.
  const reason = others.length > 0 ? `code ${[...new Set(others)].join(', ')}` : error.message;
  throw new Error(`The server did not take all rows of an insert: ${concern?.errmsg ?? reason}`);
}

/** Mongoose hangs the rows on the error of an insert of many; errors are logged, and rows hold people's words. */
function withoutRows(error: unknown): unknown {
  if (error instanceof Error) {
    for (const property of ['results', 'insertedDocs']) Reflect.deleteProperty(error, property);
  }
  return error;
}
