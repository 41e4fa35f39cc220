import { errorFields, type Log } from '../base/log.ts';

/** One way to do something. */
export type Attempt = () => Promise<unknown>;

/**
 * Makes one attempt after the other until one succeeds. Never throws.
 * @param event the log's event for each attempt that failed.
 * @returns whether one succeeded.
 */
export async function tryInOrder(
  attempts: readonly Attempt[],
  event: string,
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  for (const attempt of attempts) {
    try {
      await attempt();
      return true;
    } catch (error) {
      log.warn(errorFields(error), event);
    }
  }
  return false;
}
