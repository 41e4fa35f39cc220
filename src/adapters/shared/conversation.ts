import { QueueFullError } from '../../core/async/fair-queue.ts';
import type { Clock } from '../../core/base/clock.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import { refusal } from '../../core/command/refusal.ts';
import { FORM, type Invocation } from '../../core/message/invocation.ts';
import type { Reply } from '../../core/message/reply.ts';
import { rich } from '../../core/message/rich-text.ts';
import { UserError } from '../../core/message/user-error.ts';
import type { Answer, Bot } from '../../core/ports/platform.ts';
import { StoreError } from '../../core/ports/store.ts';
import type { ReaderContext } from './inline-nodes.ts';
import {
  anonymousReader,
  type ReaderDeps,
  readerOfActor,
  type UserNames,
} from './reader-context.ts';
import type { RequestedCommand } from './request.ts';

/** What the bot answered, and who reads it. */
export interface ReadableAnswer {
  answer: Answer;
  reader: ReaderContext;
}

/** Has the bot handle an invocation. The reader is looked up afterwards, because the command may change their settings. */
export async function handleInvocation(
  invocation: Invocation,
  deps: ReaderDeps & { bot: Bot; users: UserNames },
): Promise<ReadableAnswer> {
  const answer = await deps.bot.handle(invocation);
  return { answer, reader: await readerOfActor(invocation, deps) };
}

/** A reply for somebody the bot does not know, or cannot answer. Only they see it. */
export function privateReply(reply: Reply, clock: Clock): ReadableAnswer {
  return { answer: { reply, audience: 'actor' }, reader: anonymousReader(clock) };
}

/** The answer to a file without a word. */
export const fileOnlyReply: Reply = {
  text: rich`I can't open files that come by themselves. Tell me in a few words what it is about. To add a list of partners, press the button.`,
  card: [
    {
      kind: 'buttons',
      buttons: [{ label: 'Add a list of partners', command: 'partner import', args: {} }],
    },
  ],
};

/**
 * The answer to a command, or an apology if too many commands are waiting or something fails. Never throws.
 * @param event the log's event for a failure.
 */
export async function answerOrApologize(
  command: string,
  answering: () => Promise<ReadableAnswer>,
  { event, clock, log }: { event: string; clock: Clock; log: Pick<Log, 'error'> },
): Promise<ReadableAnswer> {
  try {
    return await answering();
  } catch (error) {
    const failed = (reply: Reply): ReadableAnswer => ({
      answer: { reply, audience: 'actor', failed: true },
      reader: anonymousReader(clock),
    });
    if (error instanceof QueueFullError) return failed(refusal.busy());
    // A file that cannot be read.
    if (error instanceof UserError) return failed({ text: error.text });
    // The store has logged why.
    if (error instanceof StoreError) return failed(refusal.storeFailed(error.trouble));
    log.error({ command, ...errorFields(error) }, event);
    return failed(refusal.broken());
  }
}

/**
 * The reply for when it is too late to open a form: with a button that opens it, filled in with everything typed so
 * far. A reply that has a card already says what to do next, and stays as it is.
 */
export function offerForm({ command, args }: RequestedCommand, reply: Reply): Reply {
  if (reply.card?.length) return reply;
  const button = { label: 'Open the form', command, args: { ...args, [FORM]: 'yes' } };
  return { text: reply.text, card: [{ kind: 'buttons', buttons: [button] }] };
}
