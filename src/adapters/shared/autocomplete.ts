import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import type { Choice } from '../../core/ports/platform.ts';

/** Slack and Discord take suggestions for 3 s. */
const FIND_TIMEOUT_MS = 2_000;

/**
 * The choices to suggest while a value is being typed; none if finding them fails or takes too long. Never throws.
 * @param event the log's event for a failure.
 */
export async function findChoices(
  finding: Promise<readonly Choice[]>,
  event: string,
  log: Pick<Log, 'warn'>,
): Promise<readonly Choice[]> {
  try {
    const found = await withTimeout(FIND_TIMEOUT_MS, finding);
    return found === TIMED_OUT ? [] : found;
  } catch (error) {
    log.warn(errorFields(error), event);
    return [];
  }
}

/**
 * The suggestions for a value that is being typed: the choices and, because a name may be new, the typed words as they
 * are.
 * @param typed the words so far.
 * @param limits `maxLength`: characters of a value; a longer value cannot be picked.
 */
export function autocompleteOptions(
  choices: readonly Choice[],
  typed: string,
  { maxOptions, maxLength }: { maxOptions: number; maxLength: number },
): readonly Choice[] {
  const words = typed.trim();
  const known = choices.filter(({ value }) => value.length <= maxLength);
  const isKnown = known.some(({ value, label }) =>
    [value, label].some((text) => text.toLowerCase() === words.toLowerCase()),
  );
  if (words === '' || words.length > maxLength || isKnown) return known.slice(0, maxOptions);
  return [...known.slice(0, maxOptions - 1), { value: words, label: `Use "${words}"` }];
}
