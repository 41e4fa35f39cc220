import { Faults, type WireFault } from '../faults.ts';
import { operations } from './contracts.ts';
import { Refusal } from './refusal.ts';

/** What may happen to a request, instead of or around its answer. */
export type Fault =
  | WireFault
  | { rateLimited: number; global?: boolean } // seconds, as in Retry-After
  | { error: number } // one of Discord's documented codes
  | 'bad gateway'; // 502

/** Faults by operation, such as `create_message`. */
export function discordFaults(): Faults<Fault> {
  return new Faults((method, fault) => {
    if (!operations.some(({ id }) => id === method))
      throw new Error(`There is no operation ${method}.`);
    if (typeof fault === 'object' && 'error' in fault) new Refusal(fault.error);
  });
}
