import { type Json, objectOf } from '../../json.ts';
import { methods } from '../contracts.ts';
import type { ManifestRules } from '../manifest-rules.ts';
import { Refusal } from '../refusal.ts';
import type { Installation, World } from '../world.ts';
import { app } from './app.ts';
import type { Handler } from './call.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { exchange, type Grant } from './oauth.ts';
import { users } from './users.ts';
import { views } from './views.ts';

const handlers: Record<string, Handler> = {
  ...app,
  ...chat,
  ...conversations,
  ...files,
  ...users,
  ...views,
};

/** One call: its arguments, and the token of its `Authorization` header. */
export interface ApiRequest {
  method: string;
  args: Json;
  token: string | undefined;
}

/** What the handlers need besides the call. */
export interface AnswerDeps {
  world: World;
  grants: Map<string, Grant>;
  /** The address of the double, such as `http://127.0.0.1:4000`. */
  url: string;
  allowed: ManifestRules;
  /** Records a call that no app should ever make. */
  violation(words: string): void;
}

/** Answers one call of the Web API. Checks the token first, then its scopes, the arguments and the world. */
export function answer(deps: AnswerDeps, asked: ApiRequest): Json {
  try {
    return { ok: true, ...handle(deps, asked) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, violation } = error;
    if (violation) deps.violation(`${asked.method}: ${code}: ${violation}`);
    if (methods.get(asked.method)?.errors.has(code) === false)
      deps.violation(`the double answered ${code}, which ${asked.method} does not document`);
    const messages = violation ? { response_metadata: { messages: [`[ERROR] ${violation}`] } } : {};
    return { ok: false, error: code, ...messages };
  }
}

function handle(
  { world, grants, url, allowed }: AnswerDeps,
  { method, args, token }: ApiRequest,
): Json {
  const known = methods.get(method);
  if (!known) throw new Refusal('unknown_method', 'the app has no need of it');
  const given: Json = token === undefined ? { ...args } : { ...args, token };
  if (method === 'oauth.v2.access') {
    delete given.token;
    requireValid(known.problem(given));
    return exchange(world, grants, given);
  }
  if (!given.token) throw new Refusal('not_authed', 'no token');
  if (method === 'apps.connections.open') {
    if (given.token !== world.app.appToken) throw new Refusal('invalid_auth');
    requireValid(known.problem(given));
    return {
      url: `${url.replace('http', 'ws')}/link?ticket=${world.id('')}&app_id=${world.app.id}`,
    };
  }
  const caller = callerOf(world, given.token);
  if (known.scopes.length && !known.scopes.some((scope) => caller.scopes.has(scope)))
    throw new Refusal('missing_scope', `one of ${known.scopes.join(', ')}`);
  const decoded = withJson(method, given);
  requireValid(known.problem(decoded));
  const handler = handlers[method];
  if (!handler) throw new Error(`The double has no ${method}.`);
  return handler({ world, method, args: decoded, caller, allowed, url });
}

function requireValid(problem: string | undefined): void {
  if (problem) throw new Refusal('invalid_arguments', problem);
}

/** The arguments with the one that is JSON read. */
function withJson(method: string, given: Json): Json {
  if (method.startsWith('views.')) return { ...given, view: objectOf(json('view', given.view)) };
  if (method === 'files.completeUploadExternal')
    return { ...given, files: json('files', given.files) };
  return given;
}

function json(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal('invalid_arguments', `${name} is no JSON`);
  }
}

function callerOf(world: World, token: unknown): Installation {
  const caller = world.installations.find((one) => one.token === token);
  if (!caller) throw new Refusal('invalid_auth');
  if (caller.state === 'revoked') throw new Refusal('token_revoked');
  if (caller.state === 'uninstalled') throw new Refusal('account_inactive');
  return caller;
}
