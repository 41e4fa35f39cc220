import { collections } from '../../core/domain/collections.ts';
import { mendDerivedRows } from '../../core/ports/derived-rows.ts';
import { BATCH_SIZE, type RetentionStep } from './step.ts';

/** Mends the words by which `find` finds notes and titles: those of rows from before there was a search are missing. */
export const searchTermSteps: readonly RetentionStep[] = collections
  .filter(({ derived }) => derived)
  .map((declaration) => ({
    name: `${declaration.name} words`,
    async runBatch({ after, store }) {
      const next = await mendDerivedRows(declaration, { after, limit: BATCH_SIZE }, store);
      return { removed: 0, next };
    },
  }));
