import { distance } from 'fastest-levenshtein';

const MAX_TYPED_LENGTH = 60;

/**
 * The candidate that somebody who typed `word` most likely meant, for "did you mean"; undefined if none is close. For
 * short fixed lists such as commands and choices, where letters count and not words. Names are matched by `match.ts`.
 * @param maxTypoShare how many of its letters may be mistyped, as a share of 1.
 */
export function nearest(
  word: string,
  candidates: readonly string[],
  maxTypoShare = 0.4,
): string | undefined {
  const typed = word.trim().toLowerCase().slice(0, MAX_TYPED_LENGTH);
  if (typed === '') return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(typed.length * maxTypoShare)) + 1;
  for (const candidate of candidates) {
    const typos = typoDistance(typed, candidate.toLowerCase());
    if (typos < bestDistance) [best, bestDistance] = [candidate, typos];
  }
  return best;
}

/** The typing mistakes between two texts. The start of a candidate, or its letters in another order, count as one. */
function typoDistance(typed: string, candidate: string): number {
  const typos = distance(typed, candidate);
  const isStart = typed.length >= 2 && candidate.startsWith(typed);
  const isReordered = typed.length > 2 && sortLetters(typed) === sortLetters(candidate);
  if (typos > 0 && (isStart || isReordered)) return 1;
  const [firstWord = ''] = candidate.split(' ');
  // Half a mistake more, so that a command of one word wins over the first word of a longer one.
  return firstWord === candidate ? typos : Math.min(typos, distance(typed, firstWord) + 0.5);
}

const sortLetters = (text: string): string => [...text].sort().join('');
