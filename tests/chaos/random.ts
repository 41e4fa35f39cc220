import fc from 'fast-check';
import { seed } from '../fixtures/proof.ts';

/** Random integers from `min` to `max`: the same for the same seed. */
export function randomIntegers(min: number, max: number, count: number): readonly number[] {
  return fc.sample(fc.noBias(fc.integer({ min, max })), { seed, numRuns: count });
}

/** Returns one number after the other, and starts again after the last. */
export function cycle(numbers: readonly number[]): () => number {
  let index = 0;
  return () => numbers[index++ % numbers.length] ?? 0;
}
