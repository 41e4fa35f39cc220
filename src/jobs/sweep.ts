import type { Clock } from '../core/clock.ts';
import { freshKey } from '../core/id.ts';
import { errorFields, type Log } from '../core/log.ts';
import type { Jobs } from '../core/ports.ts';
import type { Due, DueRow, Stores } from '../core/store.ts';
import { LEASE } from './deliver.ts';
import type { Kind } from './kind.ts';

/** How often every worker sweeps (ms), and how far ahead it claims. */
const EVERY = 5_000;
const HORIZON = 10_000;
/** The most rows one sweep claims of each kind. */
const MOST_CLAIMED = 500;

export interface Sweep {
  /** Claims what is due within `horizon` ms and hands it to the jobs. @returns how many rows were claimed. */
  once(horizon?: number): Promise<number>;
  /** The next instant at which any row wants to be looked at. */
  next(): Promise<Date | undefined>;
  /** Sweeps now and every five seconds. */
  start(): void;
  /** Something may be due at once. */
  wake(): void;
  stop(): Promise<void>;
}

export interface SweepOptions {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  kinds: readonly Kind<DueRow>[];
  log: Log;
}

/** The sweep: reads due ids from the store, claims each inside its tenant, and makes a job of it. */
export function createSweep(options: SweepOptions): Sweep {
  const { stores, clock, jobs, kinds, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function once(horizon = HORIZON): Promise<number> {
    const until = new Date(clock.now().getTime() + horizon);
    let claimed = 0;
    for (const kind of kinds) {
      const due = await stores.due(kind.rows, until, MOST_CLAIMED);
      const claims = await Promise.all(due.map((row) => claim(kind, row, until)));
      claimed += claims.filter(Boolean).length;
    }
    return claimed;
  }

  /** Claims one row by compare-and-swap: whoever swaps first has it until the lease ends. */
  async function claim(
    kind: Kind<DueRow>,
    { id, partnership }: Due,
    until: Date,
  ): Promise<boolean> {
    const rows = stores.forPartnership(partnership).of(kind.rows);
    const row = await rows.get(id);
    if (!row?.sweepAt || row.sweepAt > until) return false;
    const now = clock.now();
    const token = freshKey();
    const due = Math.max(row.sweepAt.getTime(), now.getTime());
    const claimed = await rows.save({ ...row, claim: token, sweepAt: new Date(due + LEASE) });
    if (!claimed) return false;
    await jobs.add({ kind: kind.name, row: id, partnership, token }, due - now.getTime());
    return true;
  }

  /** One sweep at a time, whoever asks; an error leaves everything to the next. */
  function sweepInTurn(): void {
    running = running
      .then(() => once())
      .catch((error: unknown) => log.error(errorFields(error), 'sweep failed'));
  }

  return {
    once,
    async next() {
      const far = new Date(clock.now().getTime() + 400 * 86_400_000);
      const firsts = await Promise.all(kinds.map((kind) => stores.due(kind.rows, far, 1)));
      const [first] = firsts.flat().toSorted((a, b) => a.sweepAt.getTime() - b.sweepAt.getTime());
      return first?.sweepAt;
    },
    start() {
      sweepInTurn();
      timer = setInterval(sweepInTurn, EVERY);
    },
    wake() {
      if (timer) sweepInTurn();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
