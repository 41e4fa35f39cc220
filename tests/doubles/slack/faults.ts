import { Faults, type WireFault } from '../faults.ts';
import { methods } from './contracts.ts';

/** What may happen to a call, instead of or around its answer. */
export type Fault =
  | WireFault
  | { rateLimited: number } // seconds, as in Retry-After
  | { error: string };

/** Faults by method of the Web API. */
export function slackFaults(): Faults<Fault> {
  return new Faults((method, fault) => {
    if (typeof fault !== 'object' || !('error' in fault)) return;
    if (!methods.get(method)?.errors.has(fault.error))
      throw new Error(`${method} never answers ${fault.error}.`);
  });
}
