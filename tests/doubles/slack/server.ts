import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { respondWithFault } from '../faults.ts';
import { bytesOf, startHttp } from '../http.ts';
import { type Json, objectOf } from '../json.ts';
import type { Fault } from './faults.ts';

/** An answer to the app. */
interface Answer {
  status: number;
  body: Json | string | Buffer;
  /** Where a redirection leads. */
  location?: string;
  /** The token's scopes, which Slack sends with every answer. */
  scopes?: readonly string[];
}

/** How the server gets its answers. */
export interface Routes {
  fault(method: string, args: Json): Fault | undefined;
  api(method: string, args: Json, token: string | undefined): Json;
  scopes(token: string | undefined): readonly string[];
  respond(id: string, body: string): Answer;
  /** Takes the bytes of a file at the address that `files.getUploadURLExternal` gave. */
  upload(id: string, bytes: Buffer): Answer;
  /** The bytes of a file of a user, for whoever has a token that may read it. */
  download(id: string, token: string | undefined): Answer;
  /** Hears of each call before it is answered. */
  received(method: string, args: Json, response: ServerResponse): void;
}

/** Starts the double's HTTP server on a free port of 127.0.0.1. */
export async function startServer(routes: Routes): Promise<{ server: Server; url: string }> {
  return startHttp((request, response) => {
    serve(routes, request, response).catch((error: unknown) => {
      send(response, { status: 500, body: String(error) });
    });
  });
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://slack');
  const bytes = await bytesOf(request);
  const body = bytes.toString('utf8');
  const [, first, last = '', id = ''] = url.pathname.split('/');
  if (first === 'upload' && request.method === 'POST')
    return answered(routes.fault('upload', {}), response, () => routes.upload(id, bytes));
  if (first === 'response')
    return answered(routes.fault('response_url', {}), response, () => routes.respond(last, body));
  const token = request.headers.authorization?.replace(/^Bearer /, '');
  if (first === 'files-pri')
    return answered(routes.fault('download', {}), response, () => routes.download(last, token));
  if (first !== 'api') return send(response, { status: 404, body: 'not here' });
  const args = argumentsOf(url, body, String(request.headers['content-type']));
  routes.received(last, args, response);
  await answered(routes.fault(last, args), response, () => ({
    status: 200,
    body: routes.api(last, args, token),
    scopes: routes.scopes(token),
  }));
}

/** Answers a call, or fails as the fault says. */
async function answered(fault: Fault | undefined, response: ServerResponse, handle: () => Answer) {
  if (typeof fault === 'object' && 'error' in fault)
    return send(response, { status: 200, body: { ok: false, error: fault.error } });
  if (typeof fault === 'object' && 'rateLimited' in fault) {
    response.setHeader('retry-after', fault.rateLimited);
    return send(response, { status: 429, body: { ok: false, error: 'ratelimited' } });
  }
  await respondWithFault(fault, response, { handle, send: (answer) => send(response, answer) });
}

function send(response: ServerResponse, { status, body, scopes = [], location }: Answer): void {
  if (location !== undefined) response.setHeader('location', location);
  if (Buffer.isBuffer(body)) {
    response.writeHead(status, { 'content-type': 'application/octet-stream' });
    return void response.end(body);
  }
  if (scopes.length > 0) response.setHeader('x-oauth-scopes', scopes.join(','));
  const text = typeof body === 'string';
  const type = text ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(text ? body : JSON.stringify(body));
}

/** The arguments of a call, from the query and a form or JSON body. Lists and objects in JSON become text. */
function argumentsOf(url: URL, body: string, contentType: string): Json {
  const query = Object.fromEntries(url.searchParams);
  if (!contentType.startsWith('application/json'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
  const given = Object.entries(objectOf(JSON.parse(body || '{}'))).map(([key, value]) =>
    typeof value === 'object' && value !== null ? [key, JSON.stringify(value)] : [key, value],
  );
  return { ...query, ...Object.fromEntries(given) };
}
