import { isProof } from '../fixtures/proof.ts';

/** Logs measurements in the whole form. @param figures in ms, or counts. */
export function logFigures(figures: { readonly [name: string]: number }): void {
  if (isProof) console.log(figures);
}

/** The median, the 99th percentile and the maximum. */
export function percentiles(numbers: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
