/** A claimed due row, on its way. Ids only: the store has the rest. */
export interface Job {
  kind: string;
  row: string;
  partnership: string;
  token: string;
}

/** Carries what is about to happen, within seconds. It may lose everything: the sweep finds it again. */
export interface Jobs {
  /**
   * @param delay in ms from now.
   * @throws within seconds when the job cannot be taken; then its claim is found again when the lease ends.
   */
  add(job: Job, delay: number): Promise<void>;
  /** Starts to run jobs, each once, some at a time. */
  work(handler: (job: Job) => Promise<void>): void;
  /** The tokens of the jobs that are due, and that nobody has begun. */
  waiting(): Promise<ReadonlySet<string>>;
  /** How many jobs wait or run, in all processes; undefined while that cannot be told: then nothing can be added either. */
  unfinished(): Promise<number | undefined>;
  /** Starts no more jobs, and lets those that run end, for some seconds. */
  close(): Promise<void>;
}
