import { updateWithRetry } from '../../ports/store.ts';
import { type Partnership, partnerships } from '../partnerships/partnership.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type RederiveContext, rederiveQuiet, rederiveSchedules } from './rederive.ts';

/** Changes the partnership's own row, however many are at it. */
export async function changePartnership(
  { store }: Pick<WriteContext, 'store'>,
  decide: (row: Partnership) => Partnership,
): Promise<Partnership> {
  const changed = await updateWithRetry(store.of(partnerships), store.partnership, decide);
  if (!changed) throw new Error('The partnership is gone.');
  return changed;
}

/** What of the partnership decides when briefs and digests come. */
const timing: readonly (keyof Partnership)[] = ['zone', 'workingDays', 'calendar', 'quietHours'];

/** Changes what is set for everybody, and derives again what hangs on it. Each step may be repeated. */
export async function changeSettings(
  given: Partial<Omit<Partnership, 'id' | 'version'>>,
  deps: RederiveContext & Pick<WriteContext, 'store'>,
): Promise<Partnership> {
  const changed = await changePartnership(deps, (row) => ({ ...row, ...given }));
  // Told by what was asked for, not by what is different: a repeated step derives it all again.
  if ('every' in given) await rederiveQuiet(changed, deps);
  if (timing.some((field) => field in given)) await rederiveSchedules(changed, deps);
  return changed;
}
