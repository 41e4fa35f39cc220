import type { SendResult } from '../../core/ports/platform.ts';

/** The words by which a fault is asked for, beside `{later: ms}`. */
export const faultNames = ['fail', 'stall', 'lose answer', 'lose message'] as const;

/**
 * What a delivery to come meets. `fail`: refused for good. `stall`: nothing is posted and no answer comes.
 * `lose answer`: posted, but nobody hears of it. `lose message`: neither. `later`: busy for so many ms.
 */
export type Fault = (typeof faultNames)[number] | { later: number };

/** Lets a delivery meet a fault. @param post posts the message. */
export async function meet(
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
