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
   * @throws QueueError within seconds if the queue cannot take the job.
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

/** Why a queue cannot do what it is asked. `evicting`: it may throw jobs away when it is full. */
export type QueueTrouble = 'full' | 'read-only' | 'evicting' | 'refused' | 'unreachable';

/**
 * The queue cannot do what it is asked. The message is for the person who runs Convenor: it says what is wrong, and how
 * to mend it. The queue logs it itself.
 */
export class QueueError extends Error {
  readonly trouble: QueueTrouble;
  constructor(trouble: QueueTrouble, sentence: string) {
    super(sentence);
    this.name = 'QueueError';
    this.trouble = trouble;
  }
}
