import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import type { Arrived, OpenSink } from '../sink.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;

/**
 * The plainest platform: `POST /` posts, `GET /?delivery=` finds. A message whose sender goes before it is posted is
 * not posted.
 */
export const openPlain: OpenSink = async (takes) => {
  const messages: Arrived[] = [];
  const cut: string[] = [];

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const half = takes() / 2;
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    const message = JSON.parse(text) as Omit<Arrived, 'at'>;
    response.on('close', () => {
      if (!response.writableFinished) cut.push(message.delivery);
    });
    await pass(half);
    if (response.destroyed) return;
    const id = `message-${messages.length}`;
    messages.push({ ...message, at: Date.now() });
    await pass(half);
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
    cut: () => cut,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
