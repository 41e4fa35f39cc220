import { createServer } from 'node:http';
import express, { type Router } from 'express';
import { healthRoutes } from './health.ts';
import { listening } from './listen.ts';

/** Serves `/healthz`, `/readyz` and `/metrics` where there is no playground, and what platforms send. @throws PortTaken */
export async function healthServer(options: {
  host: string;
  port: number;
  ready(): Promise<string[]>;
  metrics: Router;
  /** Of platforms that come by HTTP. */
  routes: readonly Router[];
}): Promise<{ stop(): Promise<void> }> {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(options.ready), options.metrics, ...options.routes);
  const server = await listening(createServer(app), options.port, options.host);
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
