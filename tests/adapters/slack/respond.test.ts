import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { respond } from '../../../src/adapters/slack/connection/respond.ts';

/** The address of a server that stands for Slack. */
async function slackThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('posts an answer, and takes Slack at its word', async () => {
  const ok = await slackThat((_, response) => response.end('ok'));
  await expect(respond(ok, { text: 'Noted.' })).resolves.toBeUndefined();
  const expired = await slackThat((_, response) =>
    response.end('{"ok":false,"error":"expired_url"}'),
  );
  await expect(respond(expired, { text: 'Noted.' })).rejects.toThrow('status 200');
});

it('stops reading what never ends', async () => {
  let isClosed = false;
  const endless = await slackThat((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(1_000)));
    };
    response.on('drain', more).on('close', () => {
      isClosed = true;
    });
    more();
  });
  await expect(respond(endless, { text: 'Noted.' })).rejects.toThrow('status 200');
  await expect.poll(() => isClosed).toBe(true);
});
