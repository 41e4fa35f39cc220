import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** The same trouble is logged again after this long (ms): ten minutes. */
const REPEAT_AFTER_MS = 600_000;
/** The trouble is over when nothing has failed for this long (ms). On a full disk, small writes may succeed in between. */
const OVER_AFTER_MS = 10_000;

/** Logs why something outside, such as the store or Redis, does not work. */
export interface TroubleLog {
  /**
   * To be called at each failure.
   * @param trouble what is wrong, in a word.
   * @param sentence the same for the person who runs Convenor, with the remedy. It is logged.
   */
  failed(trouble: string, sentence: string): void;
  /** To be called at each success. */
  worked(): void;
}

/**
 * Logs trouble once, and again only after some minutes, or when it is something else; and then that it is over.
 * @param name what has the trouble, such as `store`.
 */
export function troubleLog(
  name: string,
  log: Pick<Log, 'info' | 'error'> | undefined,
  clock: Clock,
): TroubleLog {
  const now = () => clock.now().getTime();
  let last: { trouble: string; loggedAt: number; failedAt: number } | undefined;
  return {
    failed(trouble, sentence) {
      const failedAt = now();
      if (last?.trouble === trouble && failedAt - last.loggedAt < REPEAT_AFTER_MS) {
        last.failedAt = failedAt;
        return;
      }
      last = { trouble, loggedAt: failedAt, failedAt };
      log?.error({ trouble }, sentence);
    },
    worked() {
      if (!last || now() - last.failedAt < OVER_AFTER_MS) return;
      log?.info({ trouble: last.trouble }, `${name} works again`);
      last = undefined;
    },
  };
}
