import { Router } from 'express';

/**
 * `GET /healthz`: the process answers. `GET /readyz`: all it needs does.
 * @param ready the names of the parts that are not ready.
 */
export function healthRoutes(ready: () => Promise<string[]>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const waitingFor = await ready();
    response.status(waitingFor.length === 0 ? 200 : 503).json({
      ready: waitingFor.length === 0,
      waitingFor,
    });
  });
  return router;
}
