import type { Clock } from '../core/base/clock.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { Due, DueRow, Stores } from '../core/ports/store.ts';
import { createClaim, type FoundRow, isOutage } from './claim.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import type { Timings } from './timings.ts';

/** How long to wait when more was due than fitted into the queue, or the queue took nothing (ms). */
const FULL_QUEUE_RETRY_MS = 100;
/** The most jobs that may wait or run: about what one process does within a lease. */
const MAX_UNFINISHED_JOBS = 2_500;
/** Slots kept for rows that are due now: rows claimed ahead, or of low priority, may not use them. */
const RESERVED_SLOTS = 500;
/** Skip the sweep when fewer slots are free: a read costs the same for one row as for a thousand. */
const MIN_FREE_SLOTS = 250;
/** The longest pause while the store or the queue fails (ms). Each pause is twice the last. */
const MAX_OUTAGE_PAUSE_MS = 2_000;
/** The most rows of a kind that the backlog counts. */
const MAX_BACKLOG_COUNT = 1_000;
/** How far ahead `next` looks (ms): 400 days. */
const NEXT_LOOKAHEAD_MS = 400 * 86_400_000;

export interface Sweep {
  /** Claims what is due within `horizonMs` and adds the jobs. @returns how many rows were claimed. */
  once(horizonMs?: number): Promise<number>;
  /** The earliest instant at which any row is due to be looked at. */
  next(): Promise<Date | undefined>;
  /** How many rows of each kind are due and not done, up to a thousand. */
  backlog(): Promise<{ kind: string; rows: number }[]>;
  /** Sweeps now, and at intervals until `stop`. */
  start(): void;
  /** Sweeps now if started: something may be due at once. */
  wake(): void;
  /** Stops sweeping; resolves when the sweep that runs has ended. */
  stop(): Promise<void>;
}

export interface SweepDeps {
  stores: Stores;
  clock: Clock;
  jobs: Jobs;
  handlers: readonly DueRowHandler<DueRow>[];
  log: Log;
  timings: Timings;
}

/** The sweep: reads due ids from the store, claims each row inside its tenant, and adds a job for it. */
export function createSweep(deps: SweepDeps): Sweep {
  const { stores, clock, jobs, handlers, log, timings } = deps;
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let running: Promise<void> | undefined;
  let runAgain = false;
  let queueIsFull = false;
  let claimsOpenUntil = 0;
  /** How many sweeps in a row failed. */
  let failures = 0;
  const claim = createClaim(deps, (leaseEnd) => {
    claimsOpenUntil = Math.max(claimsOpenUntil, leaseEnd);
  });

  async function once(horizonMs = timings.horizonMs): Promise<number> {
    const free = MAX_UNFINISHED_JOBS - ((await jobs.unfinished()) ?? MAX_UNFINISHED_JOBS);
    queueIsFull = free < MIN_FREE_SLOTS;
    if (queueIsFull) return 0;
    const now = clock.now();
    const until = new Date(now.getTime() + horizonMs);
    const found = await findDue(until);
    const canWait = ({ nextRunAt, handler }: FoundRow) =>
      nextRunAt > now || handler.lowPriority === true;
    const taken = found.filter(
      (row, index) => index < (canWait(row) ? free - RESERVED_SLOTS : free),
    );
    queueIsFull = taken.length < found.length || found.length >= MAX_UNFINISHED_JOBS;
    return claim(taken, until);
  }

  /** The due rows of every handler that have no job in the queue: low priority last, then the earliest first. */
  async function findDue(until: Date): Promise<FoundRow[]> {
    const each = handlers.map(async (handler) =>
      (await stores.due(handler.rows, until, MAX_UNFINISHED_JOBS)).map(
        (due): FoundRow => ({ ...due, handler }),
      ),
    );
    const found = (await Promise.all(each)).flat().toSorted(byUrgency);
    // A claimed row is found when its lease has ended. Its job may be lost, or still wait behind others.
    if (found.every(({ claim }) => claim === null)) return found;
    const waiting = await jobs.waiting();
    return found.filter(({ claim }) => claim === null || !waiting.has(claim));
  }

  /** Runs one sweep at a time. When one fails, the next finds the same rows. */
  function sweepNow(): void {
    if (running) {
      runAgain = true;
      return;
    }
    clearTimeout(timer);
    runAgain = false;
    running = once()
      .then(
        () => {
          failures = 0;
        },
        (error: unknown) => {
          failures++;
          if (!isOutage(error)) log.error(errorFields(error), 'sweep failed');
        },
      )
      .then(() => {
        running = undefined;
        if (!started) return;
        if (runAgain) sweepNow();
        else timer = setTimeout(sweepNow, pauseMs());
      });
  }

  function pauseMs(): number {
    const { openClaimsIntervalMs, sweepIntervalMs } = timings;
    if (failures > 0) {
      return Math.min(MAX_OUTAGE_PAUSE_MS, openClaimsIntervalMs * 2 ** (failures - 1));
    }
    if (queueIsFull) return FULL_QUEUE_RETRY_MS;
    const claimsAreOpen = clock.now().getTime() <= claimsOpenUntil + openClaimsIntervalMs;
    return claimsAreOpen ? openClaimsIntervalMs : sweepIntervalMs;
  }

  return {
    once,
    async next() {
      const far = new Date(clock.now().getTime() + NEXT_LOOKAHEAD_MS);
      const firsts = await Promise.all(handlers.map(({ rows }) => stores.due(rows, far, 1)));
      return firsts.flat().toSorted(byNextRun)[0]?.nextRunAt;
    },
    async backlog() {
      const now = clock.now();
      const count = async ({ name: kind, rows }: DueRowHandler<DueRow>) => ({
        kind,
        rows: (await stores.due(rows, now, MAX_BACKLOG_COUNT)).length,
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

const byUrgency = (a: FoundRow, b: FoundRow) =>
  Number(a.handler.lowPriority ?? false) - Number(b.handler.lowPriority ?? false) ||
  byNextRun(a, b);
const byNextRun = (a: Due, b: Due) => a.nextRunAt.getTime() - b.nextRunAt.getTime();
