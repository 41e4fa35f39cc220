import { errorFields, type Log } from '../base/log.ts';

/** One way to do something. */
export type Attempt = () => Promise<unknown>;

/**
 * Takes one way after the other until one works. Never throws.
 * @param event what the log says of each that does not.
 * @returns whether one did.
 */
export async function tryInOrder(
  ways: readonly Attempt[],
  event: string,
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  for (const way of ways) {
    try {
      await way();
      return true;
    } catch (error) {
      log.warn(errorFields(error), event);
    }
  }
  return false;
}
