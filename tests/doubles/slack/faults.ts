import { methods } from './contracts.ts';

/** What a call meets instead of, or around, its answer. */
export type Fault =
  | { rateLimited: number } // seconds, as in Retry-After
  | { slow: number } // ms before the call is handled
  | { takes: number } // ms, half of them before it is handled: not at all when the caller has gone by then
  | { error: string }
  | 'server error'
  | 'lost call' // the connection drops before anything is done
  | 'lost answer'; // it is done, and then the connection drops

interface Armed {
  method: string;
  channel: string | undefined;
  left: number;
  fault: Fault;
}

/** Faults that wait for the calls to come. */
export class Faults {
  #armed: Armed[] = [];
  readonly #always = new Map<string, () => Fault>();

  /** The next `times` (default 1) calls of a method, in one channel if it is named, meet the fault. */
  next(
    method: string,
    fault: Fault,
    { times = 1, channel }: { times?: number; channel?: string } = {},
  ) {
    if (
      typeof fault === 'object' &&
      'error' in fault &&
      !methods.get(method)?.errors.has(fault.error)
    )
      throw new Error(`${method} never answers ${fault.error}.`);
    this.#armed.push({ method, channel, left: times, fault });
  }

  /** Every call of a method meets what `fault` gives, where no other waits for it. */
  each(method: string, fault: () => Fault): void {
    this.#always.set(method, fault);
  }

  /** Takes the fault that this call meets. */
  take(method: string, channel: unknown): Fault | undefined {
    const met = this.#armed.find(
      (armed) => armed.method === method && (armed.channel ?? channel) === channel,
    );
    if (!met) return this.#always.get(method)?.();
    met.left -= 1;
    if (met.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== met);
    return met.fault;
  }
}
