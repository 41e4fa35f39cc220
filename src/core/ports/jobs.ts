/** The work on one due row that a worker has claimed. It holds ids only: the store has the rest. */
export interface Job {
  /** Which handler does the work. */
  kind: string;
  /** The row's id. */
  row: string;
  partnership: string;
  /** The token of the claim. */
  token: string;
}

/**
 * A queue of jobs that are due within seconds. It may lose jobs: their claims end after a while, and the sweep then
 * finds their rows again.
 */
export interface Jobs {
  /**
   * Adds a job.
   * @param delay ms from now.
   * @throws within seconds if the queue cannot take the job.
   */
  add(job: Job, delay: number): Promise<void>;
  /** Starts to run jobs: each once, several at a time. */
  work(handler: (job: Job) => Promise<void>): void;
  /** The tokens of the jobs that are due and not yet running. */
  waiting(): Promise<ReadonlySet<string>>;
  /** How many jobs wait or run in all processes; undefined if the queue cannot be reached. */
  unfinished(): Promise<number | undefined>;
  /** Starts no more jobs, and waits some seconds for the running ones to end. */
  close(): Promise<void>;
}
