import { Router } from 'express';
import type { MissingPart } from './readiness.ts';

/**
 * `GET /healthz`: 200 while the process answers.
 * `GET /readyz`: 200 when no part is missing, else 503 with their names and, under `remedies`, what somebody has to do.
 */
export function healthRoutes(missingParts: () => Promise<MissingPart[]>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const missing = await missingParts();
    const isReady = missing.length === 0;
    const remedies = missing.flatMap(({ remedy }) => remedy ?? []);
    response.status(isReady ? 200 : 503).json({
      ready: isReady,
      waitingFor: missing.map(({ part }) => part),
      ...(remedies.length > 0 && { remedies }),
    });
  });
  return router;
}
