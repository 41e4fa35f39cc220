import { operations } from './contracts.ts';
import { Refusal } from './refusal.ts';

/** What a request meets instead of, or around, its answer. */
export type Fault =
  | { rateLimited: number; global?: boolean } // seconds, as in Retry-After
  | { slow: number } // ms before the request is handled
  | { takes: number } // ms, half of them before it is handled: not at all when the caller has gone by then
  | { error: number } // one of Discord's documented codes
  | 'server error' // 500
  | 'bad gateway' // 502
  | 'lost call' // the connection drops before anything is done
  | 'lost answer'; // it is done, and then the connection drops

interface Armed {
  method: string;
  channel: string | undefined;
  left: number;
  fault: Fault;
}

/** Faults that wait for the requests to come. */
export class Faults {
  #armed: Armed[] = [];
  readonly #always = new Map<string, () => Fault>();

  /** The next `times` (default 1) requests of an operation, such as `create_message`, in one channel if it is named, meet the fault. */
  next(
    method: string,
    fault: Fault,
    { times = 1, channel }: { times?: number; channel?: string } = {},
  ): void {
    if (!operations.some(({ id }) => id === method))
      throw new Error(`There is no operation ${method}.`);
    if (typeof fault === 'object' && 'error' in fault) new Refusal(fault.error);
    this.#armed.push({ method, channel, left: times, fault });
  }

  /** Every request of an operation meets what `fault` gives, where no other waits for it. */
  each(method: string, fault: () => Fault): void {
    this.#always.set(method, fault);
  }

  /** Takes the fault that this request meets. */
  take(method: string, channel: unknown): Fault | undefined {
    const met = this.#armed.find(
      (armed) => armed.method === method && (armed.channel ?? channel) === channel,
    );
    if (!met) return this.#always.get(method)?.();
    met.left -= 1;
    if (met.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== met);
    return met.fault;
  }

  clear(): void {
    this.#armed = [];
    this.#always.clear();
  }
}
