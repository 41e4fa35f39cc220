import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What may happen to a request on any platform, instead of or around its answer. */
export type WireFault =
  | { slow: number } // ms before the request is handled
  | { takes: number } // ms, half of them before it is handled; not handled if the caller has hung up by then
  | 'server error' // 500
  | 'lost call' // the connection drops before anything is done
  | 'lost answer'; // the request is handled, and then the connection drops

interface PendingFault<F> {
  method: string;
  channel: string | undefined;
  left: number;
  fault: F;
}

/** Faults for requests to come. */
export class Faults<F> {
  #pending: PendingFault<F>[] = [];
  readonly #always = new Map<string, () => F>();
  readonly #check: (method: string, fault: F) => void;

  /** @param check throws for a fault that the platform does not have. */
  constructor(check: (method: string, fault: F) => void) {
    this.#check = check;
  }

  /** Sets a fault for the next `times` (default 1) requests of a method, in one channel if it is given. */
  next(
    method: string,
    fault: F,
    { times = 1, channel }: { times?: number; channel?: string } = {},
  ): void {
    this.#check(method, fault);
    this.#pending.push({ method, channel, left: times, fault });
  }

  /** Sets a fault for every request of a method that has no fault of its own. */
  each(method: string, fault: () => F): void {
    this.#always.set(method, fault);
  }

  /** Takes the fault for this request. */
  take(method: string, channel: unknown): F | undefined {
    const met = this.#pending.find(
      (pending) => pending.method === method && (pending.channel ?? channel) === channel,
    );
    if (!met) return this.#always.get(method)?.();
    met.left -= 1;
    if (met.left <= 0) this.#pending = this.#pending.filter((pending) => pending !== met);
    return met.fault;
  }

  clear(): void {
    this.#pending = [];
    this.#always.clear();
  }
}

const sleep = (ms: number) => wait(ms, undefined, { ref: false });

/** Handles a request and sends the answer, or fails as the fault says. */
export async function respondWithFault<A>(
  fault: WireFault | undefined,
  response: ServerResponse,
  { handle, send }: { handle(): A; send(answer: A | { status: number; body: string }): void },
): Promise<void> {
  if (fault === undefined) return send(handle());
  if (fault === 'lost call') return void response.destroy();
  if (fault === 'server error') return send({ status: 500, body: 'internal error' });
  if (fault === 'lost answer') {
    handle();
    return void response.destroy();
  }
  if ('slow' in fault) {
    await sleep(fault.slow);
    return send(handle());
  }
  await sleep(fault.takes / 2);
  if (response.destroyed) return;
  const answer = handle();
  await sleep(fault.takes / 2);
  send(answer);
}
