import { Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandReport } from '../core/bot/bot.ts';
import type { RemovalReport } from '../jobs/due-row-handler.ts';

/** From 50 ms to a day. */
const LATENESS_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400];

/** From 5 ms to 10 s. */
const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Where the worker's numbers come from. */
interface WorkerNumbers {
  /** How many rows of each kind are due and not done. */
  backlog(): Promise<{ kind: string; rows: number }[]>;
  /** How many jobs wait or run; undefined while the queue does not answer. */
  unfinished(): Promise<number | undefined>;
}

/** The metrics of this process, for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Metrics {
  /** `GET /metrics`. */
  readonly routes: Router;
  /** Counts one use of a command. */
  recordCommand(report: CommandReport): void;
  /** Counts one attempt at a delivery. `lateness` is in ms. */
  recordAttempt(one: { kind: string; outcome: string; lateness: number }): void;
  /** Counts rows that were removed because they have been kept long enough, or that lost their words. */
  recordRemoval(report: RemovalReport): void;
  /** Adds the numbers of the worker, which are read at each request. */
  watchWorker(worker: WorkerNumbers): void;
}

/** No label has a text or an id, or the name of a person: only kinds, declared commands, platforms and outcomes. */
export function metrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const commands = new Counter({
    name: 'convenor_commands_total',
    help: 'Uses of commands, by command, platform and how they ended.',
    labelNames: ['command', 'platform', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'convenor_command_duration_seconds',
    help: 'From the use of a command until its answer is ready to be sent.',
    labelNames: ['command'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const removals = new Counter({
    name: 'convenor_retention_removed_total',
    help: 'Rows that had been kept long enough, by what they are: removed, or without their words.',
    labelNames: ['what'],
    registers,
  });
  const deliveries = new Counter({
    name: 'convenor_deliveries_total',
    help: 'Delivery attempts, by kind and how they ended.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const lateness = new Histogram({
    name: 'convenor_delivery_lateness_seconds',
    help: 'From the due time of a message until the platform had it.',
    labelNames: ['kind'],
    buckets: LATENESS_BUCKETS_SECONDS,
    registers,
  });
  const routes = Router();
  routes.get('/metrics', async (_request, response) => {
    response.set('Content-Type', register.contentType).send(await register.metrics());
  });
  return {
    routes,
    recordCommand({ command, platform, outcome, duration: ms }) {
      commands.inc({ command, platform, outcome });
      durations.observe({ command }, ms / 1_000);
    },
    recordRemoval({ what, rows }) {
      removals.inc({ what }, rows);
    },
    recordAttempt({ kind, outcome, lateness: ms }) {
      deliveries.inc({ kind, outcome });
      if (outcome === 'sent') lateness.observe({ kind }, Math.max(0, ms) / 1_000);
    },
    watchWorker(worker) {
      new Gauge({
        name: 'convenor_due_backlog',
        help: 'Rows that are due and not done, by kind; counted up to 1,000.',
        labelNames: ['kind'],
        registers,
        async collect() {
          const counts = await worker.backlog().catch(() => []);
          for (const { kind, rows } of counts) this.set({ kind }, rows);
        },
      });
      new Gauge({
        name: 'convenor_queue_depth',
        help: 'Jobs that wait or run, in all processes; -1 while the queue is out of reach.',
        registers,
        async collect() {
          this.set((await worker.unfinished()) ?? -1);
        },
      });
    },
  };
}
