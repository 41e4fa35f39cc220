import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenTestPlatform, PostedMessage } from '../test-platform.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;

/**
 * The simplest platform: `POST /` posts, `GET /?delivery=` finds. If the sender goes away before the message is posted,
 * it is not posted.
 */
export const openPlain: OpenTestPlatform = async (latencyMs) => {
  const messages: PostedMessage[] = [];
  const pending = new Map<string, ServerResponse>();
  const unanswered: string[] = [];

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const half = latencyMs() / 2;
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    const message = JSON.parse(text) as Omit<PostedMessage, 'at'>;
    pending.set(message.delivery, response);
    response.on('close', () => {
      if (pending.get(message.delivery) === response) pending.delete(message.delivery);
      if (!response.writableFinished) unanswered.push(message.delivery);
    });
    await sleep(half);
    if (response.destroyed) return;
    const id = `message-${messages.length}`;
    messages.push({ ...message, at: Date.now() });
    await sleep(half);
    response.end(JSON.stringify({ id }));
  }

  function find(request: IncomingMessage, response: ServerResponse): void {
    const delivery = new URL(request.url ?? '', 'http://plain').searchParams.get('delivery');
    const index = messages.findIndex((message) => message.delivery === delivery);
    response.end(JSON.stringify(index < 0 ? {} : { id: `message-${index}` }));
  }

  const server = createServer((request, response) => {
    if (request.method === 'GET') return find(request, response);
    void post(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    identity: (index) => ({ platform: 'plain', workspace: 'W', user: `user-${index}` }),
    adapter: { module: ADAPTER, options: { url: `http://127.0.0.1:${port}/` } },
    messages: () => messages,
    pending: () =>
      [...pending].filter(([, { writableEnded }]) => !writableEnded).map(([delivery]) => delivery),
    unanswered: () => unanswered,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
