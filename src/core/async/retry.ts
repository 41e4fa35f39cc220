import { CredentialError } from '../base/credential-error.ts';
import { errorFields, type Log } from '../base/log.ts';

const FIRST_PAUSE_MS = 200;
/** The pause doubles after each failure, up to this. */
const MAX_PAUSE_MS = 30_000;

export interface RetryOptions {
  /** Asked before each attempt: true ends the retries without an error. */
  isCancelled(): boolean;
  /** How long an error asks us to wait (ms), such as a rate limit; undefined if it does not say. */
  retryAfterMs(error: unknown): number | undefined;
  /** The log's event for each attempt that failed. */
  event: string;
  log: Pick<Log, 'warn'>;
}

/**
 * Repeats the work until it succeeds.
 * @throws CredentialError, since another attempt would fail in the same way.
 */
export async function retry(
  work: () => Promise<unknown>,
  { isCancelled, retryAfterMs, event, log }: RetryOptions,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !isCancelled(); pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      await work();
      return;
    } catch (error) {
      if (error instanceof CredentialError) throw error;
      log.warn(errorFields(error), event);
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs(error) ?? pause));
    }
  }
}
