import { distance } from 'fastest-levenshtein';

/** The candidate that somebody who typed `word` most likely meant, for "did you mean"; undefined if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.trim().toLowerCase().slice(0, 60);
  if (typed === '') return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(typed.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const far = farness(typed, candidate.toLowerCase());
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** Slips between what was typed and a candidate; a start of it, or its letters in another order, is one slip. */
function farness(typed: string, candidate: string): number {
  const far = distance(typed, candidate);
  const isStart = typed.length >= 2 && candidate.startsWith(typed);
  const isTurned = typed.length > 2 && sorted(typed) === sorted(candidate);
  if (far > 0 && (isStart || isTurned)) return 1;
  const [first = ''] = candidate.split(' ');
  return first === candidate ? far : Math.min(far, distance(typed, first) + 0.5);
}

const sorted = (text: string): string => [...text].sort().join('');
