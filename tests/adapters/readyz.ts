import { Router } from 'express';
import type { Adapter, Bot } from '../../src/core/ports/platform.ts';
import { healthServer } from '../../src/process/health-server.ts';
import { readiness } from '../../src/process/readiness.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { freePort } from '../fixtures/redis.ts';

/** Starts Convenor on a platform. @returns a function that asks for `/readyz`. */
export async function startWithReadyz(convenor: Adapter, bot: Bot): Promise<() => Promise<object>> {
  atEnd(() => convenor.stop());
  const parts = readiness();
  const port = await freePort();
  const listen = { host: '127.0.0.1', port, metrics: Router(), routes: [] };
  const health = await healthServer({ ...listen, missingParts: parts.missingParts });
  atEnd(() => health.stop());
  const start = () => convenor.start(bot);
  await parts.startPart(convenor.platform, start, () => convenor.credentialError);
  return async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
}

/** The answer of `/readyz` when all is well. */
export const READY = { status: 200, ready: true, waitingFor: [] };
