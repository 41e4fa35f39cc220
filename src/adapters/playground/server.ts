import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { errorFields, type Log } from '../../core/base/log.ts';
import { hostAndOriginGuard, safeHeaders } from './host-and-origin-guard.ts';
import { HttpError } from './http-error.ts';
import { MAX_BODY_SIZE } from './limits.ts';
import { playgroundRoutes, type RouteDeps } from './routes.ts';

export interface ServerDeps extends RouteDeps {
  /** What the process serves beside the chat: health and metrics. */
  processRoutes: readonly Router[];
  /** The port it listens on. */
  port(): number;
  log: Pick<Log, 'error'>;
}

/** The playground's web application: the page, its JSON interface, and the process's routes. */
export function playgroundServer(deps: ServerDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  // Every response is different, so there is nothing to compare.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(safeHeaders(importMapHash()));
  app.use(...deps.processRoutes);
  app.use(hostAndOriginGuard(deps.port));
  app.use(express.json({ limit: MAX_BODY_SIZE }));
  app.use('/playground', playgroundRoutes(deps));
  app.use(pageFiles());
  app.use((request) => {
    throw new HttpError(`There is nothing at ${request.method} ${request.path.slice(0, 80)}.`, 404);
  });
  app.use(errorHandler(deps.log));
  return app;
}

/** Answers every error with `{error}`: a sentence that says what is wrong, and repeats nothing that was sent. */
function errorHandler(log: Pick<Log, 'error'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, sentence } = errorResponse(error);
    if (status >= 500) log.error({ path: request.path, ...errorFields(error) }, 'request failed');
    response.status(status).json({ error: sentence });
  };
}

function errorResponse(error: unknown): { status: number; sentence: string } {
  if (error instanceof HttpError) return { status: error.status, sentence: error.message };
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') {
    return { status: 413, sentence: `That is too much at once: ${MAX_BODY_SIZE} at most.` };
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

/** The project's folder: three levels up from this file, in src/ as in dist/. */
const root = new URL('../../../', import.meta.url);
const publicFolder = fileURLToPath(new URL('public/', root));
const pageFolder = fileURLToPath(new URL('dist/adapters/playground/page/', root));

/** The libraries that the page's import map names, and the files that they are. */
const libraries: readonly [path: string, module: string, file: string][] = [
  ['/lib/preact.js', 'preact', 'preact.mjs'],
  ['/lib/hooks.js', 'preact/hooks', 'hooks.mjs'],
  ['/lib/htm.js', 'htm', 'htm.module.js'],
];

/** Serves the page with its scripts and styles. */
function pageFiles(): Router {
  const router = Router();
  const require = createRequire(import.meta.url);
  for (const [path, module, file] of libraries) {
    const folder = dirname(require.resolve(module));
    router.get(path, (_request, response) => {
      response.type('text/javascript').sendFile(file, { root: folder, cacheControl: false });
    });
  }
  router.use('/page', express.static(pageFolder, { index: false, cacheControl: false }));
  router.use(express.static(publicFolder, { cacheControl: false }));
  return router;
}

/** The hash by which the security policy allows the import map, the page's only inline script. */
function importMapHash(): string {
  const html = readFileSync(join(publicFolder, 'index.html'), 'utf8');
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  return `sha256-${createHash('sha256').update(map).digest('base64')}`;
}
