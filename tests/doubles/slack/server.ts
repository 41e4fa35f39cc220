import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './faults.ts';
import { type Json, objectOf } from './json.ts';

/** What the server asks of the double. */
export interface Routes {
  fault(method: string, args: Json): Fault | undefined;
  api(method: string, args: Json, token: string | undefined): Json;
  respond(id: string, body: Json): { status: number; body: string };
}

/** Starts the double's HTTP server on a free port of 127.0.0.1. */
export async function startServer(routes: Routes): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    serve(routes, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://slack');
  const body = await read(request);
  const [, first, last = ''] = url.pathname.split('/');
  if (first === 'response') {
    const answer = routes.respond(last, objectOf(JSON.parse(body)));
    response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
    return;
  }
  if (first !== 'api') {
    response.writeHead(404).end();
    return;
  }
  const args = argumentsOf(url, body, String(request.headers['content-type']));
  const token = request.headers.authorization?.replace(/^Bearer /, '');
  const fault = routes.fault(last, args);
  await meet(fault, response, () => routes.api(last, args, token));
}

/** Answers a call, or fails as the fault says. */
async function meet(fault: Fault | undefined, response: ServerResponse, handle: () => Json) {
  if (fault === undefined) return send(response, 200, handle());
  if (fault === 'lost call') return void response.destroy();
  if (fault === 'server error') return void response.writeHead(500).end('internal error');
  if (fault === 'lost answer') {
    handle();
    return void response.destroy();
  }
  if ('error' in fault) return send(response, 200, { ok: false, error: fault.error });
  if ('rateLimited' in fault) {
    response.setHeader('retry-after', fault.rateLimited);
    return send(response, 429, { ok: false, error: 'ratelimited' });
  }
  await new Promise((resolve) => setTimeout(resolve, fault.slow).unref());
  send(response, 200, handle());
}

function send(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A call's arguments: of the address, and of a form or JSON body. Lists in JSON count as their text. */
function argumentsOf(url: URL, body: string, contentType: string): Json {
  const query = Object.fromEntries(url.searchParams);
  if (!contentType.startsWith('application/json'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
  const given = Object.entries(objectOf(JSON.parse(body || '{}'))).map(([key, value]) =>
    typeof value === 'object' && value !== null ? [key, JSON.stringify(value)] : [key, value],
  );
  return { ...query, ...Object.fromEntries(given) };
}
