import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How often it checks which processes are ready (ms). */
const HEALTH_CHECK_MS = 1_000;

/** A load balancer: it passes each request to one of the processes that are ready. */
export interface Balancer {
  readonly url: string;
  /** The requests that failed. None is tried again. */
  failures(): readonly string[];
  /** How many of the processes are ready. */
  ready(): number;
  close(): Promise<void>;
}

/** Starts a balancer. @param backends the current addresses of the processes. */
export async function startBalancer(backends: () => readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const failures: string[] = [];
  let ready: string[] = [];
  let next = 0;

  async function checkAll(): Promise<void> {
    const checks = backends().map(async (url) => {
      const signal = AbortSignal.timeout(HEALTH_CHECK_MS);
      const answer = await fetch(`${url}/readyz`, { signal }).catch(() => undefined);
      return answer?.ok ? [url] : [];
    });
    ready = (await Promise.all(checks)).flat();
  }
  const timer = setInterval(() => void checkAll(), HEALTH_CHECK_MS);

  const server = createServer((incoming, response) => {
    const url = ready[next++ % ready.length];
    const fail = (reason: string) => {
      failures.push(`${incoming.method} ${incoming.url}: ${reason}`);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    };
    if (url === undefined) fail('no process is ready');
    else forward(incoming, response, { url, agent, fail });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures: () => failures,
    ready: () => ready.length,
    async close() {
      clearInterval(timer);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { url, agent, fail }: { url: string; agent: Agent; fail(reason: string): void },
): void {
  const { method = 'GET', headers, url: path = '/' } = incoming;
  const outgoing = request(new URL(path, url), { agent, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', (error) => fail(String(error)));
  incoming.pipe(outgoing);
}
