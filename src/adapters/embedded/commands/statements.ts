import type { Document } from 'bson';
import { CommandError } from '../errors.ts';
import type { Reply } from '../wire/message.ts';
import type { Call } from './context.ts';
import { MAX_BATCH } from './hello.ts';

/**
 * Does the statements of one write command and answers when all that was done is on disk. An error
 * of one statement is an entry of `writeErrors`; if `ordered`, it is the last one tried.
 * @param tally adds to the answer what the statements have counted
 * @throws CommandError when the disk failed, and then none has been done
 */
export async function doStatements<T>(
  { log }: Call,
  statements: readonly T[],
  ordered: boolean,
  doOne: (statement: T) => void,
  tally: () => Document,
): Promise<Reply> {
  if (statements.length === 0 || statements.length > MAX_BATCH)
    throw new CommandError(2, `A write takes 1 to ${MAX_BATCH} statements`);
  log.check();
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      doOne(statement);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push(error.toWriteError(index));
      if (ordered) break;
    }
  }
  await log.commit();
  return { ...tally(), ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
}
