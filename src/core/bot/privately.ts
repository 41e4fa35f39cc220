import type { Reply } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';

/** An answer for the actor alone. Refusals, questions and forms are always such, whatever the command's audience. */
export function privately(reply: Reply): Answer {
  return { reply, audience: 'actor' };
}

/** The answer when something fails and nothing was done. */
export function privateFailure(reply: Reply): Answer {
  return { ...privately(reply), failed: true };
}
