/** How many pieces of work run at the same time. */
const MAX_RUNNING = 50;
/** How many may wait: more would only fill the memory. */
const MAX_WAITING = 5_000;
/** How many of these may come from one workspace, so that a flood there leaves room for the others. */
const MAX_WAITING_PER_WORKSPACE = 2_500;

/** The queue is full. The work has not been started. */
export class QueueFullError extends Error {
  constructor() {
    super('Too many are waiting already.');
    this.name = 'QueueFullError';
  }
}

/** Limits how much work runs at once, so that a backlog after a slow store is not run all together. */
export interface FairQueue {
  /**
   * Runs work as soon as there is room. Workspaces take turns; the work of one workspace runs in the order it came.
   * @param workspace the workspace's id on its platform.
   * @throws QueueFullError at once if too many are waiting, else what the work throws.
   */
  run<T>(workspace: string, work: () => Promise<T>): Promise<T>;
}

/** An empty queue. The limits can be lowered in tests. */
export function fairQueue({
  maxRunning = MAX_RUNNING,
  maxWaiting = MAX_WAITING,
  maxWaitingPerWorkspace = MAX_WAITING_PER_WORKSPACE,
} = {}): FairQueue {
  let free = maxRunning;
  let waitingCount = 0;
  /** What starts the waiting work, by workspace. Round robin: serve the first workspace, then move it to the end. */
  const waiting = new Map<string, (() => void)[]>();

  function wait(workspace: string): Promise<void> {
    const own = waiting.get(workspace) ?? [];
    if (waitingCount >= maxWaiting || own.length >= maxWaitingPerWorkspace) {
      throw new QueueFullError();
    }
    waiting.set(workspace, own);
    waitingCount++;
    return new Promise((start) => own.push(start));
  }

  function takeNext(): (() => void) | undefined {
    const [first] = waiting;
    if (!first) return undefined;
    const [workspace, own] = first;
    const start = own.shift();
    waiting.delete(workspace);
    if (own.length > 0) waiting.set(workspace, own);
    waitingCount--;
    return start;
  }

  return {
    async run(workspace, work) {
      if (free > 0) free--;
      else await wait(workspace);
      try {
        return await work();
      } finally {
        // Work that ends hands its place straight to the next.
        const startNext = takeNext();
        if (startNext) startNext();
        else free++;
      }
    },
  };
}
