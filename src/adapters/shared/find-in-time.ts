import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Choice } from '../../core/ports/platform.ts';

/** What is not found by then (ms) is not offered: platforms wait for 3 s. */
const PATIENCE = 2_000;

/** The choices to offer while a value is being typed; none where they are not found in time, or not at all. Never throws. */
export async function foundInTime(
  finding: Promise<readonly Choice[]>,
  event: string,
  log: Pick<Log, 'warn'>,
): Promise<readonly Choice[]> {
  try {
    const found = await withTimeout(PATIENCE, finding);
    return found === TIMED_OUT ? [] : found;
  } catch (error) {
    log.warn(errorFields(error), event);
    return [];
  }
}
