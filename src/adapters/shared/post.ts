import type { Failure } from '../../core/ports/platform.ts';

/**
 * When getting ready took longer than this (ms), the post is left to the next try, which finds all at hand: a post must
 * have ended, one way or the other, before the lease has, when others look whether it is there.
 */
export const PREPARE_TIMEOUT_MS = 1_000;

/** Where something of ours fails before anything was posted: how long until the next try (ms). */
export const RETRY_WHEN_UNREACHABLE_MS = 10_000;

/** Worth another try at once; nothing was posted. */
export const RETRY_NOW: Failure = { outcome: 'later', ms: 0 };

/** A failure of what comes before the post. Whatever it was, nothing was posted. */
export function beforePost(failure: Failure): Failure {
  return failure.outcome === 'unknown'
    ? { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS }
    : failure;
}
