import { PARTNERSHIP } from '../message/invocation.ts';
import { mapButtons, type Reply } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';

/** Adds the partnership to each button of a reply, for places that several partnerships share. */
export function replyWithPartnership(reply: Reply, partnership: string): Reply {
  return mapButtons(reply, ({ args, ...button }) => ({
    ...button,
    args: { ...args, [PARTNERSHIP]: partnership },
  }));
}

/** Adds the partnership to the buttons and the form of an answer. */
export function withPartnership(answer: Answer, partnership: string): Answer {
  const { reply, form } = answer;
  return {
    ...answer,
    reply: replyWithPartnership(reply, partnership),
    ...(form && { form: { ...form, kept: { ...form.kept, [PARTNERSHIP]: partnership } } }),
  };
}
