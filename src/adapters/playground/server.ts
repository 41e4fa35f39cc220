import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { errorFields, type Log } from '../../core/base/log.ts';
import { hostAndOriginGuard, safeHeaders } from './host-and-origin-guard.ts';
import { HttpError } from './http-error.ts';
import { LARGEST_BODY } from './limits.ts';
import { importMapHash, pageFiles } from './page-files.ts';
import { playgroundRoutes, type RouteOptions } from './routes.ts';

export interface ServerOptions extends RouteOptions {
  /** What the process serves beside the chat: health and metrics. */
  processRoutes: readonly Router[];
  /** The port it listens on. */
  port(): number;
  log: Pick<Log, 'error'>;
}

/** The playground's web application: the page, its JSON interface, health. */
export function playgroundServer(options: ServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  // Every answer is of its moment: nobody asks whether it has changed.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(safeHeaders(importMapHash()));
  app.use(...options.processRoutes);
  app.use(hostAndOriginGuard(options.port));
  app.use(express.json({ limit: LARGEST_BODY }));
  app.use('/playground', playgroundRoutes(options));
  app.use(pageFiles());
  app.use((request) => {
    throw new HttpError(`There is nothing at ${request.method} ${request.path.slice(0, 80)}.`, 404);
  });
  app.use(complaints(options.log));
  return app;
}

/** Every error as `{error}`: a sentence that says what is wrong, never what was sent. */
function complaints(log: Pick<Log, 'error'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, sentence } = complaintOf(error);
    if (status >= 500) log.error({ path: request.path, ...errorFields(error) }, 'request failed');
    response.status(status).json({ error: sentence });
  };
}

function complaintOf(error: unknown): { status: number; sentence: string } {
  if (error instanceof HttpError) return { status: error.status, sentence: error.message };
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') {
    return { status: 413, sentence: `That is too much at once: ${LARGEST_BODY} at most.` };
  }
  if (type === 'entity.parse.failed') {
    return { status: 400, sentence: 'That is not JSON I can read: check its quotes and commas.' };
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, sentence: 'I cannot read that request: send JSON in UTF-8.' };
  }
  const sentence = 'Sorry, something went wrong on my side. Please try again in a minute.';
  return { status: 500, sentence };
}
