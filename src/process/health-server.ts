import { createServer } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { closeServer, listenOn } from '../adapters/shared/http-server.ts';
import { errorFields, type Log } from '../core/base/log.ts';
import { healthRoutes } from './health.ts';
import type { MissingPart } from './readiness.ts';

export interface HealthServerOptions {
  host: string;
  port: number;
  missingParts(): Promise<MissingPart[]>;
  /** Serves `/metrics`. */
  metrics: Router;
  /** What platforms send by HTTP. */
  routes: readonly Router[];
  /** Whether more routes are to come. An address where nothing is answers 503 until then. */
  isStarting?(): boolean;
  log?: Pick<Log, 'error'>;
}

export interface HealthServer {
  /**
   * Stops taking requests, and waits until those under way are answered.
   * @param drainMs how long it still takes requests first, closing the connection after each. A load balancer that
   * asks `/readyz` has that long to turn to another process.
   */
  stop(drainMs?: number): Promise<void>;
}

/** Serves `/healthz`, `/readyz`, `/metrics` and what platforms send, where there is no playground. @throws PortTakenError */
export async function healthServer(options: HealthServerOptions): Promise<HealthServer> {
  let isStopping = false;
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    if (isStopping) response.set('Connection', 'close');
    next();
  });
  app.use(...options.routes, healthRoutes(options.missingParts), options.metrics);
  app.use(stillStarting(options.isStarting), nothingHere, failed(options.log));
  const server = await listenOn(createServer(app), options.port, options.host);
  return {
    async stop(drainMs = 0) {
      isStopping = true;
      await new Promise((resolve) => setTimeout(resolve, drainMs));
      await closeServer(server);
    },
  };
}

const RETRY_AFTER_S = 30;

const STARTING_PAGE =
  '<!doctype html><title>Convenor</title><p>Convenor is starting. Try again in a minute.</p>\n';

/** Somebody may open Slack's install page before the store is open. */
const stillStarting =
  (isStarting: HealthServerOptions['isStarting']): RequestHandler =>
  (_request, response, next) => {
    if (!isStarting?.()) return next();
    response.status(503).set('Retry-After', `${RETRY_AFTER_S}`).type('html').send(STARTING_PAGE);
  };

/** Express's own page names Express, and repeats the address. */
const nothingHere: RequestHandler = (_request, response) => {
  response
    .status(404)
    .type('text')
    .send('There is nothing here. People talk to Convenor in Slack or Discord.\n');
};

/** Express's own page shows the stack. */
const failed =
  (log: HealthServerOptions['log']): ErrorRequestHandler =>
  (error: Error & { status?: number }, _request, response, next) => {
    const { status = 500 } = error;
    if (status >= 500) log?.error(errorFields(error), 'request failed');
    if (response.headersSent) return next(error);
    const sentence =
      status >= 500 ? 'Something went wrong here.' : 'That request cannot be understood.';
    response.status(status).type('text').send(`${sentence}\n`);
  };
