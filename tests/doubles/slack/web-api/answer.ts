import { type Json, objectOf } from '../../json.ts';
import { methods } from '../contracts.ts';
import type { Declared } from '../declared.ts';
import { Refusal } from '../refusal.ts';
import type { Installation, World } from '../world.ts';
import { app } from './app.ts';
import type { Handler } from './call.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { exchange, type Grant } from './oauth.ts';
import { people } from './people.ts';
import { views } from './views.ts';

const handlers: Record<string, Handler> = {
  ...app,
  ...chat,
  ...conversations,
  ...people,
  ...views,
};

/** What a call came with: its arguments, and the token of its `Authorization` header. */
export interface Asked {
  method: string;
  args: Json;
  token: string | undefined;
}

/** What the double answers with, besides the world. */
export interface Desk {
  world: World;
  grants: Map<string, Grant>;
  /** The address of the double, such as `http://127.0.0.1:4000`. */
  url: string;
  allowed: Declared;
  /** Told of every call that no app should ever make. */
  violation(words: string): void;
}

/** Answers one call of the Web API, checked first: the token, its scopes, the arguments, the world. */
export function answer(desk: Desk, asked: Asked): Json {
  try {
    return { ok: true, ...handled(desk, asked) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, violation } = error;
    if (violation) desk.violation(`${asked.method}: ${code}: ${violation}`);
    if (methods.get(asked.method)?.errors.has(code) === false)
      desk.violation(`the double answered ${code}, which ${asked.method} does not document`);
    const messages = violation ? { response_metadata: { messages: [`[ERROR] ${violation}`] } } : {};
    return { ok: false, error: code, ...messages };
  }
}

function handled({ world, grants, url, allowed }: Desk, { method, args, token }: Asked): Json {
  const known = methods.get(method);
  if (!known) throw new Refusal('unknown_method', 'the app has no need of it');
  const given: Json = token === undefined ? { ...args } : { ...args, token };
  if (method === 'oauth.v2.access') {
    delete given.token;
    need(known.misfit(given));
    return exchange(world, grants, given);
  }
  if (!given.token) throw new Refusal('not_authed', 'no token');
  if (method === 'apps.connections.open') {
    if (given.token !== world.app.appToken) throw new Refusal('invalid_auth');
    need(known.misfit(given));
    return {
      url: `${url.replace('http', 'ws')}/link?ticket=${world.id('')}&app_id=${world.app.id}`,
    };
  }
  const caller = callerOf(world, given.token);
  if (known.scopes.length && !known.scopes.some((scope) => caller.scopes.has(scope)))
    throw new Refusal('missing_scope', `one of ${known.scopes.join(', ')}`);
  const decoded = method.startsWith('views.')
    ? { ...given, view: objectOf(json(given.view)) }
    : given;
  need(known.misfit(decoded));
  const handler = handlers[method];
  if (!handler) throw new Error(`The double has no ${method}.`);
  return handler({ world, method, args: decoded, caller, allowed });
}

function need(misfit: string | undefined): void {
  if (misfit) throw new Refusal('invalid_arguments', misfit);
}

function json(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal('invalid_arguments', 'view is no JSON');
  }
}

function callerOf(world: World, token: unknown): Installation {
  const caller = world.installations.find((one) => one.token === token);
  if (!caller) throw new Refusal('invalid_auth');
  if (caller.state === 'revoked') throw new Refusal('token_revoked');
  if (caller.state === 'uninstalled') throw new Refusal('account_inactive');
  return caller;
}
