import { createServer } from 'node:http';
import express from 'express';
import { healthRoutes } from './health.ts';
import { listening } from './listen.ts';

/** Serves `/healthz` and `/readyz` where there is no playground. @throws PortTaken */
export async function healthServer(options: {
  host: string;
  port: number;
  ready(): Promise<string[]>;
}): Promise<{ stop(): Promise<void> }> {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(options.ready));
  const server = await listening(createServer(app), options.port, options.host);
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
