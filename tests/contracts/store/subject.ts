import type { Stores } from '../../../src/core/ports/store.ts';

/** The same store as two processes have it, with the collections of `things.ts`. */
export interface Subject {
  one(): Stores;
  other(): Stores;
}
