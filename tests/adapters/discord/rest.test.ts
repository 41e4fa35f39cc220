import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { restOver } from '../../../src/adapters/discord/rest.ts';
import { atEnd } from '../../fixtures/at-end.ts';

/** More than Discord takes in two seconds over all routes. */
const MANY = 120;

it('an answer to an interaction does not wait for the limit over all other calls', async () => {
  const heard: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    heard.push(url);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  const rest = restOver({ token: 'a.b.c', apiUrl: `http://127.0.0.1:${port}/api` });
  const others = Array.from({ length: MANY }, (_, index) =>
    rest.call('GET', Routes.guild(`${index}`)),
  );
  await rest.call('POST', Routes.interactionCallback('1', 'token'), { auth: false });
  expect(heard.length).toBeLessThan(MANY);
  await Promise.all(others);
  expect(heard).toHaveLength(MANY + 1);
});
