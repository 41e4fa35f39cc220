/** How many are answered at once, and how many may wait for it: more would only fill the memory. */
const AT_ONCE = 50;
const MOST_WAITING = 5_000;

/** Too many wait already. Nothing has been done. */
export class TooMany extends Error {
  constructor() {
    super('Too many wait already.');
    this.name = 'TooMany';
  }
}

export interface Turns {
  /**
   * Does something as soon as few enough are at it; those who wait keep their order. So what waited for a store that
   * stood still does not go on all at once, and what comes meanwhile is still heard.
   * @throws TooMany, at once; else what the work throws.
   */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** Turns that nobody has taken yet. */
export function turns({ atOnce = AT_ONCE, mostWaiting = MOST_WAITING } = {}): Turns {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return {
    async take(work) {
      if (free > 0) free--;
      else if (waiting.length >= mostWaiting) throw new TooMany();
      else await new Promise<void>((begin) => waiting.push(begin));
      try {
        return await work();
      } finally {
        // Whose turn is over gives it to the next.
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
