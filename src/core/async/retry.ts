import { BadCredential } from '../base/credential-error.ts';
import { errorFields, type Log } from '../base/log.ts';

/** The first pause before the next try, and the longest (ms). */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 30_000;

export interface Trying {
  /** Then it is given up. */
  isOver(): boolean;
  /** How long (ms) an error asks to be waited for; undefined where it does not say. */
  waitIn(error: unknown): number | undefined;
  /** What the log says of a try that failed. */
  event: string;
  log: Pick<Log, 'warn'>;
}

/**
 * Does something until it works, with longer and longer pauses, or as long as an error asks for.
 * @throws BadCredential, which trying again would not mend.
 */
export async function keepTrying(
  work: () => Promise<unknown>,
  { isOver, waitIn, event, log }: Trying,
): Promise<void> {
  for (let pause = FIRST_PAUSE; !isOver(); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      await work();
      return;
    } catch (error) {
      if (error instanceof BadCredential) throw error;
      log.warn(errorFields(error), event);
      await new Promise((resolve) => setTimeout(resolve, waitIn(error) ?? pause));
    }
  }
}
