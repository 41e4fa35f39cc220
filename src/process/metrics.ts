import { Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Upper bounds of the histogram of lateness (seconds): from what nobody notices to a day. */
const LATENESS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400];

/** What the worker of this process can tell when asked. */
interface WorkerFigures {
  /** Due rows by kind that are not done. */
  backlog(): Promise<{ kind: string; rows: number }[]>;
  /** Jobs that wait or run; undefined while nobody knows. */
  unfinished(): Promise<number | undefined>;
}

/** The figures of this process, as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Metrics {
  /** `GET /metrics`. */
  readonly routes: Router;
  /** Counts one try of a delivery. `lateness` in ms. */
  tried(one: { kind: string; outcome: string; lateness: number }): void;
  /** Says where to ask for the worker's figures. */
  watch(worker: WorkerFigures): void;
}

/** Figures of a process. None carries a name, a text or an id: kinds and outcomes only. */
export function metrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const deliveries = new Counter({
    name: 'convenor_deliveries_total',
    help: 'Tries of deliveries, by kind and how they ended.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const lateness = new Histogram({
    name: 'convenor_delivery_lateness_seconds',
    help: 'From the due time of a message until the platform had it.',
    labelNames: ['kind'],
    buckets: LATENESS,
    registers,
  });
  const routes = Router();
  routes.get('/metrics', async (_request, response) => {
    response.set('Content-Type', register.contentType).send(await register.metrics());
  });
  return {
    routes,
    tried({ kind, outcome, lateness: ms }) {
      deliveries.inc({ kind, outcome });
      if (outcome === 'sent') lateness.observe({ kind }, Math.max(0, ms) / 1_000);
    },
    watch(worker) {
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
