import type { RetentionRule } from '../../core/domain/retention/rules.ts';
import { BATCH_SIZE, type RetentionStep } from './step.ts';

/** A step for each collection whose rows are removed by their age. */
export function expirySteps(rules: readonly RetentionRule[]): RetentionStep[] {
  return rules.flatMap(({ collection, expiry }) =>
    expiry ? [expiryStep(collection, expiry)] : [],
  );
}

function expiryStep(
  name: string,
  { declaration, expired, beforeRemoval }: NonNullable<RetentionRule['expiry']>,
): RetentionStep {
  return {
    name,
    async runBatch({ store, stores, now }) {
      const rows =
        declaration.scope === 'global' ? stores.global(declaration) : store.of(declaration);
      const found = await rows.find(expired(now, store.partnership), BATCH_SIZE);
      await beforeRemoval?.(found.rows, store);
      // By version: a row that was changed in the meantime may have to stay.
      const removed = await Promise.all(
        found.rows.map(({ id, version }) => rows.remove(id, version)),
      );
      return { removed: removed.filter(Boolean).length, next: found.more ? 'more' : undefined };
    },
  };
}
