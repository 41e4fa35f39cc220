import type { Identity } from '../../src/core/message/invocation.ts';

/** A message as it stands on the platform. */
export interface Arrived {
  /** Its delivery, as the sink names it. */
  delivery: string;
  text: string;
  /** When it was posted, by the clock of the test's process, which the store shares (ms since 1970 UTC). */
  at: number;
}

/**
 * The platform at the far end: it stays up whatever else breaks, and what stands there at the end is what people
 * would see. Each platform that is to be tried brings one.
 */
export interface Sink {
  /** How the platform knows the test's people. */
  identity(index: number): Identity;
  /**
   * What a worker's process sends by: `openAdapter(options, { stores, clock, log })` of that module makes the adapter,
   * over collections of its `own`, if any. The options are plain JSON.
   */
  readonly adapter: { readonly module: string; readonly options: object };
  /** What the platform keeps of a delivery's id, by which the sink names it; absent: the whole. */
  named?(delivery: string): string;
  /** All that has been posted, the earliest first. */
  messages(): readonly Arrived[];
  /** The deliveries whose sender had gone before there was an answer. */
  cut(): readonly string[];
  stop(): Promise<void>;
}

/** Opens a platform. @param takes how long it takes for the next message (ms): half before it is posted, half after. */
export type OpenSink = (takes: () => number) => Promise<Sink>;
