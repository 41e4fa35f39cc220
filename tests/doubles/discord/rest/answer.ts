import { RESTJSONErrorCodes as Code } from 'discord.js';
import { listOf, objectOf } from '../../json.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Answer, RestRequest } from '../server.ts';
import { app } from './app.ts';
import type { Call, Handler } from './call.ts';
import { channels } from './channels.ts';
import { guilds } from './guilds.ts';
import { interactions } from './interactions.ts';
import { messages } from './messages.ts';
import { webhooks } from './webhooks.ts';

const handlers: Record<string, Handler> = {
  ...app,
  ...channels,
  ...guilds,
  ...interactions,
  ...messages,
  ...webhooks,
};

/** What the handlers need besides the request. */
export interface AnswerDeps extends Omit<Call, 'args' | 'body' | 'list' | 'files' | 'at'> {
  /** Records a request that no app should ever make. */
  violation(words: string): void;
}

/** Answers one request. Checks the token first, then the contract, then the rules of the operation. */
export function answer(deps: AnswerDeps, asked: RestRequest): Answer {
  try {
    return handle(deps, asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, body, violation } = error;
    if (violation) deps.violation(`${asked.operation.id}: ${code}: ${violation}`);
    return { status, body };
  }
}

function handle(
  deps: AnswerDeps,
  { operation, args, body, files, authorization, at }: RestRequest,
): Answer {
  if (!operation.open && authorization !== `Bot ${deps.world.app.token}`)
    return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
  if (body === undefined) throw new Refusal(Code.RequestBodyContainsInvalidJSON, 'no JSON');
  refuse(operation.problems(args, body));
  if (operation.id !== 'create_message' && files.length > 0)
    throw new Error(`The double takes no files in ${operation.id}.`);
  const handler = handlers[operation.id];
  if (!handler) throw new Error(`The double has no ${operation.id}.`);
  // The time that the double needs for its own checks does not count as the app's.
  const came = deps.world.now() - (performance.now() - at);
  return handler({ ...deps, args, body: objectOf(body), list: listOf(body), files, at: came });
}
