import type { Deps } from '../../command.ts';
import { revise } from '../../store.ts';
import { type Partnership, partnerships } from './store.ts';

/** Changes the partnership's own row, however many are at it. */
export async function changePartnership(
  { store }: Pick<Deps, 'store'>,
  decide: (row: Partnership) => Partnership,
): Promise<Partnership> {
  const changed = await revise(store.of(partnerships), store.partnership, decide);
  if (!changed) throw new Error('The partnership is gone.');
  return changed;
}
