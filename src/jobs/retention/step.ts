import type { Day } from '../../core/dates/day.ts';
import type { RetentionSchedule } from '../../core/domain/retention/schedule.ts';
import type { JobContext } from '../due-row-handler.ts';

/** How many rows are read, and written or removed, at once. */
export const BATCH_SIZE = 100;

/** What a step works with. */
export interface StepContext extends JobContext {
  /** The local day of this night. */
  night: Day;
  /** Where the last batch of this step ended; null: this is its first. */
  after: string | null;
  clearedUntil: Date | null;
}

/** What one batch of a step did. */
export interface BatchResult {
  /** How many rows were removed, or cleared of notes or titles. */
  removed: number;
  /** Where the next batch begins; undefined if there is none. */
  next?: string | undefined;
  clearedUntil?: RetentionSchedule['clearedUntil'];
}

/** One step of a night's work. It can be repeated at any time: a batch finds what is left. */
export interface RetentionStep {
  /** Names it in the row and in the metrics. */
  name: string;
  runBatch(context: StepContext): Promise<BatchResult>;
}
