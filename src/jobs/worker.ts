import { directoriesOf } from '../core/domain/directory/directory.ts';
import type { Adapter } from '../core/ports/platform.ts';
import type { DueRow } from '../core/ports/store.ts';
import { briefHandler } from './brief.ts';
import { dataExportHandler } from './data-export.ts';
import { dataRequestHandler } from './data-request.ts';
import { digestHandler } from './digest.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { erasureHandler } from './erasure.ts';
import { fileHandler } from './file.ts';
import { interestHandler } from './interest.ts';
import { type AttemptReport, createJobProcessor, type JobProcessorDeps } from './job-processor.ts';
import { noticeHandler } from './notice.ts';
import { partnershipDeletionHandler } from './partnership-deletion.ts';
import { reminderHandler } from './reminder.ts';
import { retentionHandler } from './retention/retention.ts';
import { standingRoundHandler } from './standing-round.ts';
import { createSweep, type Sweep, type SweepDeps } from './sweep.ts';
import { TIMINGS, type Timings } from './timings.ts';

/** Every kind of scheduled work. */
export const handlers = [
  reminderHandler,
  briefHandler,
  digestHandler,
  noticeHandler,
  interestHandler,
  fileHandler,
  dataExportHandler,
  dataRequestHandler,
  partnershipDeletionHandler,
  erasureHandler,
  standingRoundHandler,
  retentionHandler,
] as unknown as readonly DueRowHandler<DueRow>[];

/** What sends the messages that are due. */
export interface Worker {
  sweep: Sweep;
  /** Adapters by platform, to send with. Filled by the caller as it starts them. */
  adapters: Map<string, Adapter>;
  /** Stops claiming, waits for running jobs, and closes the queue. */
  stop(): Promise<void>;
}

interface WorkerDeps
  extends Omit<SweepDeps, 'handlers' | 'timings'>,
    Pick<
      JobProcessorDeps,
      'adapterRules' | 'adapterPersonalData' | 'erasureRecords' | 'onRowsRemoved'
    > {
  /** Called after each attempt to deliver. */
  onAttempt?: (report: AttemptReport) => void;
  /** Default: `TIMINGS`. */
  timings?: Timings;
}

/** Puts the sweep, the queue and the job processor together. The caller starts the sweep. */
export function createWorker(options: WorkerDeps): Worker {
  const adapters = new Map<string, Adapter>();
  const directories = directoriesOf(options.stores);
  const deps = { ...options, handlers, adapters, directories, timings: options.timings ?? TIMINGS };
  const sweep = createSweep(deps);
  deps.jobs.work(createJobProcessor(deps));
  return {
    sweep,
    adapters,
    async stop() {
      await sweep.stop();
      await deps.jobs.close();
    },
  };
}
