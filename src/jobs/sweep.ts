import type { Clock } from '../core/base/clock.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { Due, DueRow, Stores } from '../core/ports/store.ts';
import { claimer, type Found } from './claim.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { HORIZON_MS } from './lease.ts';

/** How often every worker sweeps (ms) when little is about to happen. */
const EVERY = 5_000;
/** While claims are out, so that one that was lost is missed no longer than this after its lease. */
const WATCHING = 1_000;
/** While there was more to claim than there was room for, or no queue to take it. */
const CROWDED = 100;
/** The most jobs that may be unfinished: about what one process does within a lease. */
const MOST_UNFINISHED = 2_500;
/** So much of that is kept for what is due at once: what is claimed ahead, or is patient, may not keep it waiting. */
const KEPT_FREE = 500;
/** For less room than this no sweep reads the store: it would read as much for one row as for a thousand. */
const LEAST_ROOM = 250;
/** Rows of a kind that the backlog counts up to. */
const COUNTED = 1_000;
/** How far `next` looks (ms). */
const FAR = 400 * 86_400_000;

export interface Sweep {
  /** Claims what is due within `horizon` ms and hands it to the jobs. @returns how many rows were claimed. */
  once(horizon?: number): Promise<number>;
  /** The next instant at which any row wants to be looked at. */
  next(): Promise<Date | undefined>;
  /** How many rows of each kind are due and not done, up to a thousand. */
  backlog(): Promise<{ kind: string; rows: number }[]>;
  /** Sweeps now, and again and again. */
  start(): void;
  /** Something may be due at once. */
  wake(): void;
  stop(): Promise<void>;
}

export interface SweepOptions {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  handlers: readonly DueRowHandler<DueRow>[];
  log: Log;
}

/** The sweep: reads due ids from the store, claims each inside its tenant, and makes a job of it. */
export function createSweep(options: SweepOptions): Sweep {
  const { stores, clock, jobs, handlers, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let running: Promise<void> | undefined;
  let awaited = false;
  let crowded = false;
  let watchUntil = 0;
  const claim = claimer(options, (leaseEnd) => {
    watchUntil = Math.max(watchUntil, leaseEnd);
  });

  async function once(horizon = HORIZON_MS): Promise<number> {
    const room = MOST_UNFINISHED - ((await jobs.unfinished()) ?? MOST_UNFINISHED);
    crowded = room < LEAST_ROOM;
    if (crowded) return 0;
    const now = clock.now();
    const until = new Date(now.getTime() + horizon);
    const found = await findDue(until);
    const canWait = ({ nextRunAt, kind }: Found) => nextRunAt > now || kind.lowPriority === true;
    const taken = found.filter((one, index) => index < (canWait(one) ? room - KEPT_FREE : room));
    crowded = taken.length < found.length || found.length >= MOST_UNFINISHED;
    return claim(taken, until);
  }

  /** What is due of every kind and not in the queue already: what is patient last, the earliest first. */
  async function findDue(until: Date): Promise<Found[]> {
    const each = handlers.map(async (kind) =>
      (await stores.due(kind.rows, until, MOST_UNFINISHED)).map((due): Found => ({ ...due, kind })),
    );
    const found = (await Promise.all(each)).flat().toSorted(byUrgency);
    // A claim comes into sight when its lease has ended: its job may be lost, or only have others before it.
    if (found.every(({ claim }) => claim === null)) return found;
    const waiting = await jobs.waiting();
    return found.filter(({ claim }) => claim === null || !waiting.has(claim));
  }

  /** One sweep at a time, whoever asks; one that fails leaves everything to the next. */
  function sweepNow(): void {
    if (running) {
      awaited = true;
      return;
    }
    clearTimeout(timer);
    awaited = false;
    running = once()
      .catch((error: unknown) => log.error(errorFields(error), 'sweep failed'))
      .then(() => {
        running = undefined;
        if (!started) return;
        if (awaited) sweepNow();
        else timer = setTimeout(sweepNow, pause());
      });
  }

  function pause(): number {
    if (crowded) return CROWDED;
    return clock.now().getTime() <= watchUntil + WATCHING ? WATCHING : EVERY;
  }

  return {
    once,
    async next() {
      const far = new Date(clock.now().getTime() + FAR);
      const firsts = await Promise.all(handlers.map((kind) => stores.due(kind.rows, far, 1)));
      return firsts.flat().toSorted(byNextRun)[0]?.nextRunAt;
    },
    async backlog() {
      const now = clock.now();
      const count = async (kind: DueRowHandler<DueRow>) => ({
        kind: kind.name,
        rows: (await stores.due(kind.rows, now, COUNTED)).length,
      });
      return Promise.all(handlers.map(count));
    },
    start() {
      started = true;
      sweepNow();
    },
    wake() {
      if (started) sweepNow();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      await running;
    },
  };
}

const byUrgency = (a: Found, b: Found) =>
  Number(a.kind.lowPriority ?? false) - Number(b.kind.lowPriority ?? false) || byNextRun(a, b);
const byNextRun = (a: Due, b: Due) => a.nextRunAt.getTime() - b.nextRunAt.getTime();
