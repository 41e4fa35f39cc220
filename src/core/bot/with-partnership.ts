import { PARTNERSHIP } from '../message/invocation.ts';
import { mapButtons, type Reply } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';

/** The reply with the partnership in each of its buttons: for places that several partnerships share. */
export function replyWithPartnership(reply: Reply, partnership: string): Reply {
  return mapButtons(reply, ({ args, ...button }) => ({
    ...button,
    args: { ...args, [PARTNERSHIP]: partnership },
  }));
}

/** The answer with the partnership in its buttons and its form. */
export function withPartnership(answer: Answer, partnership: string): Answer {
  const { reply, form } = answer;
  return {
    ...answer,
    reply: replyWithPartnership(reply, partnership),
    ...(form && { form: { ...form, kept: { ...form.kept, [PARTNERSHIP]: partnership } } }),
  };
}
