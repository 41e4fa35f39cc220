import { setImmediate } from 'node:timers/promises';
import { type Day, dayOf } from '../../core/dates/day.ts';
import { retentionRules } from '../../core/domain/retention/rules.ts';
import {
  mayWorkFrom,
  nextNight,
  type RetentionSchedule,
  retentionSchedules,
} from '../../core/domain/retention/schedule.ts';
import { updateWithRetry } from '../../core/ports/store.ts';
import type { DueRowHandler, JobContext } from '../due-row-handler.ts';
import { standingRoundStep } from '../standing-round.ts';
import { expirySteps } from './expired-rows.ts';
import { mergedPartnersStep } from './merged-partners.ts';
import { membersStep } from './old-members.ts';
import { followupWordsStep, outdatedPlansStep, partnerWordsStep } from './old-words.ts';
import { partnerReachStep } from './partner-reach.ts';
import { peopleStep } from './people.ts';
import { noticeStep } from './removal-notice-step.ts';
import { searchTermSteps } from './search-terms.ts';
import type { RetentionStep } from './step.ts';

/**
 * How many batches one job does, so that it ends well before its lease. The next job starts at once and does the rest.
 */
const MAX_BATCHES_PER_JOB = 10;
/** How many rows one job removes or clears. */
const MAX_REMOVED_PER_JOB = 500;

/**
 * Removes, at night, what has been kept long enough (see docs/retention.md). Each partnership has one row. It says how
 * far the night's work has come. Every step can be repeated after a crash.
 */
export const retentionHandler: DueRowHandler<RetentionSchedule> = {
  name: 'retention',
  rows: retentionSchedules,
  repeatWhenUnknown: false,
  lowPriority: true,
  runsWhenMerged: true,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.nextAt.toISOString(),
  heldUntil: async (row, { partnership, now }) => mayWorkFrom(row.nextAt, partnership.zone, now),
  async composeReply(row, context) {
    // Saved first, so that the work after a crash belongs to the same night, and coordinators hear of all it planned.
    const night = row.night ?? dayOf(context.now, context.partnership.zone);
    if (row.night === null) await saveProgress(row, { night }, context);
    await saveProgress(row, await work({ ...row, night }, context), context);
    return undefined;
  },
  advance(row, { partnership, now }) {
    const nextAt = row.night === null ? nextNight(partnership.zone, now) : row.nextAt;
    const searchable = row.searchable || row.night === null;
    return {
      ...row,
      nextAt,
      searchable,
      nextRunAt: row.night === null ? nextAt : now,
      claim: null,
    };
  },
};

type Progress = Pick<RetentionSchedule, 'night' | 'step' | 'after' | 'clearedUntil'>;

/** Saves how far the work has come, unless another worker has claimed the row. Then that one does the same work again. */
async function saveProgress(
  row: RetentionSchedule,
  progress: Partial<Progress>,
  { store }: JobContext,
): Promise<void> {
  await updateWithRetry(store.of(retentionSchedules), row.id, (current) =>
    current.claim === row.claim ? { ...current, ...progress } : undefined,
  );
}

/** Does some of the night's work. @returns how far it has come; `night` is null if all is done. */
async function work(
  row: RetentionSchedule & { night: Day },
  context: JobContext,
): Promise<Progress> {
  const steps = stepsOf(context);
  const { night } = row;
  let { after, clearedUntil } = row;
  let at = Math.max(
    0,
    steps.findIndex(({ name }) => name === row.step),
  );
  let removed = 0;
  for (let batch = 0; batch < MAX_BATCHES_PER_JOB && removed < MAX_REMOVED_PER_JOB; batch++) {
    const step = steps[at];
    if (!step) break;
    const result = await step.runBatch({ ...context, night, after, clearedUntil });
    if (result.removed > 0) context.onRowsRemoved?.({ what: step.name, rows: result.removed });
    removed += result.removed;
    clearedUntil = result.clearedUntil ?? clearedUntil;
    after = result.next ?? null;
    if (result.next === undefined) at++;
    // Reads block the event loop, so other work runs between two batches.
    await setImmediate();
  }
  const next = steps[at];
  return next
    ? { night, step: next.name, after, clearedUntil }
    : { night: null, step: null, after: null, clearedUntil };
}

function stepsOf({ adapterRules = [] }: JobContext): RetentionStep[] {
  return [
    ...expirySteps([...retentionRules, ...adapterRules]),
    mergedPartnersStep,
    partnerReachStep,
    outdatedPlansStep,
    partnerWordsStep,
    noticeStep,
    followupWordsStep,
    peopleStep,
    membersStep,
    standingRoundStep,
    ...searchTermSteps,
  ];
}
