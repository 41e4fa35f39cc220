/** What {@link withTimeout} gives when the time is up. */
export const TIMED_OUT = Symbol('timed out');

/** The work took too long. It may still be running. */
export class TimeoutError extends Error {
  constructor(ms: number) {
    super(`No answer within ${ms} ms.`);
    this.name = 'TimeoutError';
  }
}

/** @returns the result of the work, or `TIMED_OUT` after `ms`: the work is not stopped. @throws what the work throws. */
export function withTimeout<T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, ms, TIMED_OUT);
  });
  return Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
}

/** The same where a timeout is a failure. @throws TimeoutError after `ms`, else what the work throws. */
export async function withTimeoutOrThrow<T>(ms: number, work: Promise<T>): Promise<T> {
  const result = await withTimeout(ms, work);
  if (result === TIMED_OUT) throw new TimeoutError(ms);
  return result;
}
