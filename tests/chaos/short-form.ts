import { it } from 'vitest';
import { TIMINGS, type Timings } from '../../src/jobs/timings.ts';
import { isProof } from '../fixtures/proof.ts';

/** The length of a lease in the short form, as a share of that in production. */
const SHORT_FORM_SHARE = 0.4;
/** A machine whose workers take longer than this to load (ms) is too slow for that share: sends would time out. */
const MAX_LOAD_MS = 3_000;

/**
 * The timings of the workers: those of production in the whole form, shorter ones in the short form.
 * @param loadMs how long the workers took to load: on a slow machine the timings are less short.
 */
export function workerTimings(loadMs: number): Timings {
  const share = isProof ? 1 : Math.min(1, SHORT_FORM_SHARE * Math.max(1, loadMs / MAX_LOAD_MS));
  return {
    leaseMs: TIMINGS.leaseMs * share,
    horizonMs: TIMINGS.horizonMs * share,
    sendTimeoutMs: TIMINGS.sendTimeoutMs * share,
    unavailableRetryMs: TIMINGS.unavailableRetryMs * share,
    sweepIntervalMs: TIMINGS.sweepIntervalMs * share,
    openClaimsIntervalMs: TIMINGS.openClaimsIntervalMs * share,
  };
}

/** A test that mostly waits: in the short form several wait at the same time, the whole form measures one at a time. */
export const itConcurrently = isProof ? it : it.concurrent;
