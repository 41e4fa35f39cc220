import type { Stores } from '../../../src/core/ports/store.ts';

/** Two processes' ways to the same store, which knows the collections of `things.ts`. */
export interface Subject {
  one(): Stores;
  other(): Stores;
}
