import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { respondWithFault } from '../faults.ts';
import { bytesOf, startHttp } from '../http.ts';
import type { Json } from '../json.ts';
import { type Operation, operations } from './contracts.ts';
import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';

/** An answer; without `body` it is empty. */
export interface Answer {
  status: number;
  body?: unknown;
}

/** One request as it arrived. */
export interface RestRequest {
  operation: Operation;
  /** The parameters of path and query. */
  args: Json;
  /** Undefined when it is not JSON, null when there is none. */
  body: unknown;
  /** The files of a multipart request, in order. */
  files: SentFile[];
  /** The `Authorization` header. */
  authorization: string | undefined;
  /** When it arrived, in the machine's monotonic time (ms). */
  at: number;
}

/** A file that an app sends along with a message. */
export interface SentFile {
  /** The name of its part, such as `files[0]`. */
  key: string;
  name: string;
  type: string;
  bytes: Buffer;
}

/** How the server gets its answers. */
export interface Routes {
  fault(method: string, args: Json): Fault | undefined;
  answer(asked: RestRequest): Answer;
  /** Hears of each call before it is answered. */
  received(method: string, body: unknown, response: ServerResponse): void;
  /** The content of an uploaded file. */
  file(id: string): Buffer | string | undefined;
  /** A request to an unknown path. */
  unknownPath(method: string, path: string): Answer;
}

/** Starts the double's HTTP server on a free port of 127.0.0.1. */
export async function startServer(routes: Routes): Promise<{ server: Server; url: string }> {
  return startHttp((request, response) => {
    serve(routes, request, response).catch((error: unknown) => {
      send(response, { status: 500, body: { message: String(error), code: 0 } });
    });
  });
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse) {
  const at = performance.now();
  const url = new URL(request.url ?? '/', 'http://discord');
  const { method = 'GET', headers } = request;
  const { body, files } = await partsOf(await bytesOf(request), headers['content-type']);
  const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10(?=\/)/, ''));
  for (const operation of path === url.pathname ? [] : operations) {
    const named = operation.method === method && operation.match(path);
    if (!named) continue;
    const args = { ...Object.fromEntries(url.searchParams), ...named };
    const fault = routes.fault(operation.id, args);
    routes.received(operation.id, body, response);
    const { authorization } = headers;
    return answered(fault, response, () =>
      routes.answer({ operation, args, body, files, authorization, at }),
    );
  }
  const [, id = ''] = /^\/attachments\/(\d+)\//.exec(url.pathname) ?? [];
  const file = routes.file(id);
  if (file === undefined) send(response, routes.unknownPath(method, url.pathname));
  else send(response, { status: 200, body: file });
}

/** Answers a request, or fails as the fault says. */
async function answered(fault: Fault | undefined, response: ServerResponse, handle: () => Answer) {
  if (fault === 'bad gateway') return send(response, { status: 502, body: 'bad gateway' });
  if (typeof fault === 'object' && 'error' in fault) {
    const { status, body } = new Refusal(fault.error);
    return send(response, { status, body });
  }
  if (typeof fault === 'object' && 'rateLimited' in fault)
    return limit(response, fault.rateLimited, fault.global === true);
  await respondWithFault(fault, response, { handle, send: (answer) => send(response, answer) });
}

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit */
function limit(response: ServerResponse, seconds: number, global: boolean): void {
  response.setHeader('retry-after', Math.ceil(seconds));
  response.setHeader('x-ratelimit-scope', global ? 'global' : 'user');
  if (global) response.setHeader('x-ratelimit-global', 'true');
  else {
    response.setHeader('x-ratelimit-remaining', 0);
    response.setHeader('x-ratelimit-reset-after', seconds);
  }
  const message = 'You are being rate limited.';
  send(response, { status: 429, body: { message, retry_after: seconds, global } });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = typeof body === 'string' || Buffer.isBuffer(body);
  // An answer without a body must not have a content type, or clients try to read a body.
  const headers =
    body === undefined ? {} : { 'content-type': text ? 'text/plain' : 'application/json' };
  response.writeHead(status, headers);
  response.end(text || body === undefined ? body : JSON.stringify(body));
}

function jsonOf(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The JSON and the files of a request: https://docs.discord.com/developers/reference#uploading-files */
async function partsOf(
  bytes: Buffer,
  contentType = '',
): Promise<{ body: unknown; files: SentFile[] }> {
  if (!contentType.startsWith('multipart/form-data'))
    return { body: jsonOf(bytes.toString('utf8')), files: [] };
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  }).formData();
  const files: SentFile[] = [];
  for (const [key, value] of form) {
    if (typeof value === 'string') continue;
    const { name, type } = value;
    files.push({ key, name, type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  const json = form.get('payload_json');
  return { body: jsonOf(typeof json === 'string' ? json : ''), files };
}
