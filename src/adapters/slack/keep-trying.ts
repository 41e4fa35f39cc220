import { WebAPIRateLimitedError } from '@slack/web-api';
import { errorFields, type Log } from '../../core/log.ts';
import { BadCredential } from './credentials.ts';

/** The first pause before the next try, and the longest (ms). */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 30_000;

/**
 * Does something until it works, with longer and longer pauses, or as long as Slack asks for.
 * @param isOver then it is given up.
 * @throws BadCredential, which trying again would not mend.
 */
export async function keepTrying(
  work: () => Promise<unknown>,
  { isOver, log }: { isOver(): boolean; log: Pick<Log, 'warn'> },
): Promise<void> {
  for (let pause = FIRST_PAUSE; !isOver(); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      await work();
      return;
    } catch (error) {
      if (error instanceof BadCredential) throw error;
      log.warn(errorFields(error), 'slack is out of reach');
      const wait = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : pause;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
