import type { Adapter, Failure, SendResult } from '../../core/ports/platform.ts';
import { RETRY_NOW, RETRY_WHEN_UNREACHABLE_MS } from './failure.ts';

/** How an adapter delivers messages. */
export type MessageSender = Pick<Adapter, 'send' | 'edit' | 'remove' | 'findSent'>;

/**
 * If getting ready takes longer, the post is left to the next try, which finds everything in memory. A post has to end
 * before the delivery's lease does: after that, another worker looks whether the message is there.
 */
const PREPARE_TIMEOUT_MS = 1_000;

/** The steps of sending one message. */
export interface SendSteps<Prepared extends object> {
  /** Everything before the post. Whatever fails here, nothing was posted. */
  prepare(): Promise<Prepared | Failure>;
  /** @returns `prepare again` if nothing was posted, and preparing again may find another way to the reader. */
  post(prepared: Prepared): Promise<SendResult | 'prepare again'>;
  /** What an error thrown by these steps means. */
  failureOf(error: unknown): Failure | Promise<Failure>;
}

/** Sends one message. If the way to the reader is closed, prepares and posts once more. */
export async function sendMessage<Prepared extends object>(
  steps: SendSteps<Prepared>,
): Promise<SendResult> {
  const started = performance.now();
  for (let attempt = 0; attempt < 2; attempt++) {
    const prepared = await prepare(steps);
    if ('outcome' in prepared) return prepared;
    if (performance.now() - started > PREPARE_TIMEOUT_MS) return RETRY_NOW;
    const result = await post(prepared, steps);
    if (result !== 'prepare again') return result;
  }
  return RETRY_NOW;
}

async function prepare<Prepared extends object>(
  steps: SendSteps<Prepared>,
): Promise<Prepared | Failure> {
  try {
    return await steps.prepare();
  } catch (error) {
    const failure = await steps.failureOf(error);
    // An unknown outcome means here that nothing was posted.
    return failure.outcome === 'unknown'
      ? { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS }
      : failure;
  }
}

async function post<Prepared extends object>(
  prepared: Prepared,
  steps: SendSteps<Prepared>,
): Promise<SendResult | 'prepare again'> {
  try {
    return await steps.post(prepared);
  } catch (error) {
    return steps.failureOf(error);
  }
}
