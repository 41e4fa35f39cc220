import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How often it looks who is ready (ms), as balancers do. */
const LOOKING_MS = 1_000;

/** What stands in front of processes that come and go: it sends each request to one that says it is ready. */
export interface Balancer {
  readonly url: string;
  /** Requests that whom they were sent to did not take. None is tried again. */
  failures(): readonly string[];
  /** How many of those behind it are ready. */
  ready(): number;
  close(): Promise<void>;
}

/** Starts a balancer. @param behind the addresses of the processes behind it. */
export async function startBalancer(behind: () => readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const failures: string[] = [];
  let ready: string[] = [];
  let turn = 0;

  async function look(): Promise<void> {
    const asked = behind().map(async (url) => {
      const signal = AbortSignal.timeout(LOOKING_MS);
      const answer = await fetch(`${url}/readyz`, { signal }).catch(() => undefined);
      return answer?.ok ? [url] : [];
    });
    ready = (await Promise.all(asked)).flat();
  }
  const looking = setInterval(() => void look(), LOOKING_MS);

  const server = createServer((asked, response) => {
    const url = ready[turn++ % ready.length];
    const fail = (reason: string) => {
      failures.push(`${asked.method} ${asked.url}: ${reason}`);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    };
    if (url === undefined) fail('nobody is ready');
    else pass(asked, response, { url, agent, fail });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures: () => failures,
    ready: () => ready.length,
    async close() {
      clearInterval(looking);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function pass(
  asked: IncomingMessage,
  response: ServerResponse,
  { url, agent, fail }: { url: string; agent: Agent; fail(reason: string): void },
): void {
  const { method = 'GET', headers, url: path = '/' } = asked;
  const sent = request(new URL(path, url), { agent, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', (error) => fail(String(error)));
  asked.pipe(sent);
}
