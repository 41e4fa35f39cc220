import { errorFields, type Log } from '../base/log.ts';

/** One way to do something. */
export type Alternative = () => Promise<unknown>;

/**
 * Tries one alternative after the other until one succeeds. Never throws.
 * @param event the log's event for each one that failed.
 * @returns whether one succeeded.
 */
export async function tryInOrder(
  alternatives: readonly Alternative[],
  event: string,
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  for (const alternative of alternatives) {
    try {
      await alternative();
      return true;
    } catch (error) {
      log.warn(errorFields(error), event);
    }
  }
  return false;
}
