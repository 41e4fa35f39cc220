/** Where "now" comes from. Injected everywhere, so that tests and the playground can move it. */
export interface Clock {
  /** The current instant, in store time (see `adapters/mongo/store-clock.ts`). */
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
