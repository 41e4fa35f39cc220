/** How many are answered at once, and how many may wait for it: more would only fill the memory. */
const MAX_RUNNING = 50;
const MAX_WAITING = 5_000;
/** How many of them may be of one workspace: a flood there leaves room for the others. */
const MAX_WAITING_PER_WORKSPACE = 2_500;

/** Too many wait already. Nothing has been done. */
export class QueueFullError extends Error {
  constructor() {
    super('Too many wait already.');
    this.name = 'TooMany';
  }
}

export interface FairQueue {
  /**
   * Does something as soon as few enough are at it. Workspaces take turns, and those who wait in one keep their order.
   * So what waited for a store that stood still does not go on all at once, and what comes meanwhile is still heard.
   * @param workspace its id on its platform: of one workspace only so many may wait.
   * @throws TooMany, at once; else what the work throws.
   */
  run<T>(workspace: string, work: () => Promise<T>): Promise<T>;
}

/** Turns that nobody has taken yet. */
export function fairQueue({
  atOnce = MAX_RUNNING,
  mostWaiting = MAX_WAITING,
  mostOfOne = MAX_WAITING_PER_WORKSPACE,
} = {}): FairQueue {
  let free = atOnce;
  let count = 0;
  /** Those who wait, by workspace. The next turn is the first one's, which then goes behind the others. */
  const waiting = new Map<string, (() => void)[]>();

  function wait(workspace: string): Promise<void> {
    const queue = waiting.get(workspace) ?? [];
    if (count >= mostWaiting || queue.length >= mostOfOne) throw new QueueFullError();
    waiting.set(workspace, queue);
    count++;
    return new Promise((begin) => queue.push(begin));
  }

  function nextInTurn(): (() => void) | undefined {
    const [first] = waiting;
    if (!first) return undefined;
    const [workspace, queue] = first;
    const begin = queue.shift();
    waiting.delete(workspace);
    if (queue.length > 0) waiting.set(workspace, queue);
    count--;
    return begin;
  }

  return {
    async run(workspace, work) {
      if (free > 0) free--;
      else await wait(workspace);
      try {
        return await work();
      } finally {
        // Whose turn is over gives it to the next.
        const next = nextInTurn();
        if (next) next();
        else free++;
      }
    },
  };
}
