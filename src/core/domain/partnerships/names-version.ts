import { type Store, updateWithRetry } from '../../ports/store.ts';
import { partnerships } from './partnership.ts';

/** Says that names, roles or identities have changed: one bump for each command, also for an import of thousands. */
export async function namesChanged(store: Store): Promise<void> {
  await updateWithRetry(store.of(partnerships), store.partnership, (partnership) => ({
    ...partnership,
    namesVersion: partnership.namesVersion + 1,
  }));
}
