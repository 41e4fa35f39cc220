import type { Identity } from '../../src/core/message/invocation.ts';

/** A message that the platform has posted. */
export interface PostedMessage {
  /** Its delivery, by the id that the platform keeps of it. */
  delivery: string;
  text: string;
  /** When it was posted, by the clock of the test's process, which is also the store's (ms since 1970 UTC). */
  at: number;
}

/**
 * The platform that workers send to. It runs in the test's process and stays up while other parts break; its messages
 * are what people would see.
 */
export interface TestPlatform {
  /** The identity of one of the test's members. */
  identity(index: number): Identity;
  /**
   * How a worker's process makes its adapter: `openAdapter(options, { stores, clock, log })` of that module, which may
   * also export collections as `ownCollections`. The options are plain JSON.
   */
  readonly adapter: { readonly module: string; readonly options: object };
  /** What the platform keeps of a delivery's id; absent: all of it. */
  shortIdOf?(delivery: string): string;
  /** All posted messages, the earliest first. */
  messages(): readonly PostedMessage[];
  /** The deliveries that it has received and not answered yet. */
  pending(): readonly string[];
  /** The deliveries whose sender was gone before the platform answered. */
  unanswered(): readonly string[];
  stop(): Promise<void>;
}

/** Opens a platform. @param latencyMs how long the next message takes (ms): half of it before it is posted, half after. */
export type OpenTestPlatform = (latencyMs: () => number) => Promise<TestPlatform>;
