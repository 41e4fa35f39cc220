import fc from 'fast-check';
import { it } from 'vitest';

/** `npm run chaos` runs the whole, `npm test` a short form of the same. */
export const isWhole = process.env.CHAOS === 'whole';

/** A test that mostly waits: the short form has several wait at once, the whole measures one at a time. */
export const waiting = isWhole ? it : it.concurrent;

/** A size in this run. */
export const sized = (short: number, whole: number): number => (isWhole ? whole : short);

/** Every run throws the same dice, as `tests/setup/seed.ts` has it; `SEED=random` throws others. */
export const seed =
  process.env.SEED === 'random'
    ? Math.floor(Math.random() * 2 ** 31)
    : Number(process.env.SEED ?? 1);

/** Whole numbers from `min` to `max`, the same each run. */
export function dice(min: number, max: number, count: number): readonly number[] {
  return fc.sample(fc.noBias(fc.integer({ min, max })), { seed, numRuns: count });
}

/** One number after the other, again from the first after the last. */
export function inTurn(numbers: readonly number[]): () => number {
  let index = 0;
  return () => numbers[index++ % numbers.length] ?? 0;
}

/** Says what was measured, where somebody has asked for the whole. @param figures in ms, or counts. */
export function tell(figures: { readonly [name: string]: number }): void {
  if (isWhole) console.log(figures);
}

/** The greatest, and what half and 99 of 100 stay below. */
export function spread(numbers: readonly number[]): { p50: number; p99: number; most: number } {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
