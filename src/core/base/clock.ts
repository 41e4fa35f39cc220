/** Tells the time. It is passed in everywhere, so that tests and the playground can set it. */
export interface Clock {
  /** The current instant by the store's clock, which all processes share. */
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
