import { createServer } from 'node:http';
import express, { type Router } from 'express';
import { closed, listening } from '../adapters/shared/listen.ts';
import { healthRoutes } from './health.ts';
import type { Missing } from './readiness.ts';

/** Where health, figures and what platforms send come in. */
export interface HealthServer {
  /**
   * Stops taking requests, and lets those that came be answered.
   * @param farewell how long it still takes what comes (ms), on connections that each answer ends: whoever asks
   * `/readyz` has time to look elsewhere.
   */
  stop(farewell?: number): Promise<void>;
}

/** Serves `/healthz`, `/readyz` and `/metrics` where there is no playground, and what platforms send. @throws PortTaken */
export async function healthServer(options: {
  host: string;
  port: number;
  ready(): Promise<Missing[]>;
  metrics: Router;
  /** Of platforms that come by HTTP. */
  routes: readonly Router[];
}): Promise<HealthServer> {
  let isStopping = false;
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    if (isStopping) response.set('Connection', 'close');
    next();
  });
  app.use(...options.routes, healthRoutes(options.ready), options.metrics);
  const server = await listening(createServer(app), options.port, options.host);
  return {
    async stop(farewell = 0) {
      isStopping = true;
      await new Promise((resolve) => setTimeout(resolve, farewell));
      await closed(server);
    },
  };
}
