import { Agent, get, type IncomingMessage } from 'node:http';
import { Router } from 'express';
import { expect, it } from 'vitest';
import { healthServer } from '../../src/process/health-server.ts';
import { freePort } from '../fixtures/redis.ts';

/** Sends a request on kept-alive connections, as a load balancer does. */
function asked(url: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => resolve(response.resume())).on('error', reject);
  });
}

it('while it stops, it still answers requests, and closes each connection after its answer', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const waitingFor: string[] = [];
  let answer = () => {};
  const slow = Router().get('/slow', (_request, response) => {
    answer = () => void response.end('done');
  });
  const server = await healthServer({
    ...{ host: '127.0.0.1', port, missingParts: async () => waitingFor.map((part) => ({ part })) },
    ...{ metrics: Router(), routes: [slow] },
  });
  const agent = new Agent({ keepAlive: true });
  expect((await asked(`${url}/readyz`, agent)).headers.connection).toBe('keep-alive');

  waitingFor.push('stopping');
  const stopped = server.stop(500);
  const response = await asked(`${url}/readyz`, agent);
  expect([response.statusCode, response.headers.connection]).toEqual([503, 'close']);
  const taken = asked(`${url}/slow`, agent);
  await expect.poll(() => asked(`${url}/healthz`, agent).catch(String)).toContain('ECONNREFUSED');
  answer();
  expect((await taken).statusCode).toBe(200);
  await stopped;
  agent.destroy();
});
