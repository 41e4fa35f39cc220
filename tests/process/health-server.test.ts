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

it('an address where nothing is, and a request that fails, get a plain sentence', async () => {
  const port = await freePort();
  const errors: object[] = [];
  const routes = Router()
    .get('/fails', () => {
      throw new Error('a secret detail');
    })
    .get('/named/:name', (_request, response) => void response.end());
  const server = await healthServer({
    ...{ host: '127.0.0.1', port, missingParts: async () => [] },
    ...{
      metrics: Router(),
      routes: [routes],
      log: { error: (fields) => void errors.push(fields) },
    },
  });
  const pageAt = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const { status, headers } = response;
    return { status, type: headers.get('content-type'), text: await response.text() };
  };
  const type = 'text/plain; charset=utf-8';
  const nothing = 'There is nothing here. People talk to Convenor in Slack or Discord.\n';
  expect(await pageAt('/nothing?x=<script>')).toEqual({ status: 404, type, text: nothing });
  expect(await pageAt('/named/%zz')).toEqual({
    ...{ status: 400, type },
    text: 'That request cannot be understood.\n',
  });
  expect(errors).toEqual([]);
  expect(await pageAt('/fails')).toEqual({
    ...{ status: 500, type },
    text: 'Something went wrong here.\n',
  });
  expect(errors).toHaveLength(1);
  await server.stop();
});

it('an address whose route is still to come says that Convenor is starting', async () => {
  const port = await freePort();
  const routes = Router();
  let isStarting = true;
  const server = await healthServer({
    ...{ host: '127.0.0.1', port, missingParts: async () => [{ part: 'store' }] },
    ...{ metrics: Router(), routes: [routes], isStarting: () => isStarting },
  });
  const page = () => fetch(`http://127.0.0.1:${port}/slack/install`);
  const early = await page();
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('30');
  expect(await early.text()).toContain('Convenor is starting. Try again in a minute.');
  routes.get('/slack/install', (_request, response) => void response.end('install'));
  isStarting = false;
  expect(await (await page()).text()).toBe('install');
  expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
  await server.stop();
});
