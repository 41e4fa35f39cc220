import { Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From 50 ms to a day. */
const LATENESS_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400];

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
  /** Counts one attempt at a delivery. `lateness` is in ms. */
  recordAttempt(one: { kind: string; outcome: string; lateness: number }): void;
  /** Adds the numbers of the worker, which are read at each request. */
  watchWorker(worker: WorkerNumbers): void;
}

/** No label has a name, a text or an id: only kinds and outcomes. */
export function metrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
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
