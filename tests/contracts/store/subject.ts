import type { Stores } from '../../../src/core/ports/store.ts';

/** The same store as two processes have it, with the collections of `things.ts`. */
export interface Subject {
  one(): Stores;
  other(): Stores;
  /** Whether `commit` stores all of its writes or none. */
  readonly isCommitAtomic: boolean;
  /**
   * For a store whose `commit` may be cut off: the first `count` commands that write succeed, and all others fail until
   * the returned function is called. Absent if the server cannot be told to fail.
   */
  failAfter?(count: number): () => void;
}
