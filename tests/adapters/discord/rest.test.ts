import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { failureOf } from '../../../src/adapters/discord/connection/errors.ts';
import { CALL_TIMEOUT_MS, createRest } from '../../../src/adapters/discord/connection/rest.ts';
import { atEnd } from '../../fixtures/at-end.ts';

/** More calls than Discord accepts in two seconds over all routes. */
const MANY = 120;

/** A server in Discord's place that records all calls, and a client to it. */
async function startServer() {
  const requests: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { requests, rest: createRest({ token: 'a.b.c', apiUrl: `http://127.0.0.1:${port}/api` }) };
}

it('an answer to an interaction does not wait for the limit over all other calls', async () => {
  const { requests, rest } = await startServer();
  const others = Array.from({ length: MANY }, (_, index) =>
    rest.call('GET', Routes.guild(`${index}`)),
  );
  await rest.call('POST', Routes.interactionCallback('1', 'token'), { auth: false });
  expect(requests.length).toBeLessThan(MANY);
  await Promise.all(others);
  expect(requests).toHaveLength(MANY + 1);
});

it('a message that has to wait too long for its turn is not posted, and can be tried again soon', async () => {
  const { requests, rest } = await startServer();
  const posts = Array.from({ length: MANY }, (_, index) =>
    rest.call('POST', Routes.channelMessages(`${index}`), { body: {}, timeoutMs: CALL_TIMEOUT_MS }),
  );
  const settled = await Promise.allSettled(posts);
  const failures = settled.flatMap((post) =>
    post.status === 'rejected' ? [failureOf(post.reason)] : [],
  );
  expect(failures.length).toBeGreaterThan(0);
  expect(requests).toHaveLength(MANY - failures.length);
  for (const failure of failures) {
    expect(failure.outcome === 'later' ? failure.ms : failure).toBeLessThan(2_000);
  }
});
