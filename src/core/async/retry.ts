import { CredentialError } from '../base/credential-error.ts';
import { errorFields, type Log } from '../base/log.ts';

/** The first pause before the next try, and the longest (ms). */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

export interface RetryOptions {
  /** Then it is given up. */
  isOver(): boolean;
  /** How long (ms) an error asks to be waited for; undefined where it does not say. */
  retryAfterMs(error: unknown): number | undefined;
  /** What the log says of a try that failed. */
  event: string;
  log: Pick<Log, 'warn'>;
}

/**
 * Does something until it works, with longer and longer pauses, or as long as an error asks for.
 * @throws BadCredential, which trying again would not mend.
 */
export async function retry(
  work: () => Promise<unknown>,
  { isOver, retryAfterMs, event, log }: RetryOptions,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !isOver(); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
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
