import type { SendResult } from '../../core/ports/platform.ts';

/** The names of the faults, besides `{later: ms}`. */
export const faultNames = ['fail', 'stall', 'lose answer', 'lose message'] as const;

/**
 * What goes wrong with a delivery. `fail`: refused for good. `stall`: nothing is posted, and no answer comes.
 * `lose answer`: posted, but the answer is lost. `lose message`: not posted, and the answer is lost too.
 * `later`: the place is busy for that many ms.
 */
export type Fault = (typeof faultNames)[number] | { later: number };

/** Sends with a fault. @param post posts the message. */
export async function sendWithFault(
  fault: Fault | undefined,
  post: () => Promise<SendResult>,
): Promise<SendResult> {
  if (fault === undefined) return post();
  if (typeof fault === 'object') return { outcome: 'later', ms: fault.later };
  if (fault === 'stall') return new Promise(() => {});
  if (fault === 'fail') {
    return { outcome: 'permanent', reason: 'The playground was told to refuse it.' };
  }
  if (fault === 'lose answer') await post();
  throw new Error('The playground was told to break the connection.');
}
