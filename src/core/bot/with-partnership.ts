import { IN } from '../message/invocation.ts';
import { mapButtons, type Reply } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';

/** The reply with each button saying which partnership it is about: for places that several have in common. */
export function inPartnership(reply: Reply, partnership: string): Reply {
  return mapButtons(reply, ({ args, ...button }) => ({
    ...button,
    args: { ...args, [IN]: partnership },
  }));
}

/** The answer with its buttons and its form saying so. */
export function carrying(answer: Answer, partnership: string): Answer {
  const { reply, form } = answer;
  return {
    ...answer,
    reply: inPartnership(reply, partnership),
    ...(form && { form: { ...form, kept: { ...form.kept, [IN]: partnership } } }),
  };
}
