import { Router } from 'express';
import type { Missing } from './readiness.ts';

/**
 * `GET /healthz`: the process answers. `GET /readyz`: all it needs does.
 * @param ready the parts that are not ready.
 */
export function healthRoutes(ready: () => Promise<Missing[]>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const missing = await ready();
    const isReady = missing.length === 0;
    const mend = missing.flatMap((one) => one.mend ?? []);
    response.status(isReady ? 200 : 503).json({
      ready: isReady,
      waitingFor: missing.map(({ part }) => part),
      ...(mend.length > 0 && { mend }),
    });
  });
  return router;
}
