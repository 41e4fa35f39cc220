import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { restOver } from '../../../src/adapters/discord/rest.ts';
import { atEnd } from '../../fixtures/at-end.ts';

it('answers to interactions do not wait for the limit over all other calls', async () => {
  const server = createServer((_, response) => response.writeHead(204).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  const rest = restOver({ token: 'a.b.c', apiUrl: `http://127.0.0.1:${port}/api` });
  const start = performance.now();
  const answers = Array.from({ length: 500 }, (_, index) =>
    rest.call('POST', Routes.interactionCallback(`${index}`, 'token'), { auth: false }),
  );
  await Promise.all(answers);
  // By 50 a second they would take ten seconds.
  expect(performance.now() - start).toBeLessThan(5_000);
});
