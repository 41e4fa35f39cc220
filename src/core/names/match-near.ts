import { indexOf, type Named, type Spelling, slipsIn, tokensNear } from './match-index.ts';
import { ENOUGH, weightOf } from './name-weight.ts';
import type { TypedWord } from './typed-words.ts';

/** How many are offered as "did you mean". */
const OFFERED = 3;
/** How many of the typed words are looked at; what follows is the note. */
const LOOKED_AT = 3;
/** Shorter words are too easily taken for one another. */
const SHORTEST = 5;

/** Items whose names share a word, or nearly, with the typed ones, best first: to be asked about, never taken. */
export function nearItems<T extends Named>(words: readonly TypedWord[], named: readonly T[]): T[] {
  const index = indexOf(named);
  const typed = words.slice(0, LOOKED_AT).flatMap((word) => word.tokens);
  const scores = new Map<Spelling<T>, number>();
  for (const [place, token] of typed.entries()) {
    const weight = weightOf(token);
    // A word that many names share tells something only when it stands first.
    if (weight === 0 || (weight < ENOUGH && place > 0)) continue;
    const isPlain = token.length < SHORTEST || weight < ENOUGH;
    const alike = isPlain ? [token] : tokensNear(index, token, slipsIn(token) + 1);
    for (const near of alike) {
      for (const spelling of index.byToken.get(near) ?? []) {
        const points = weight * (near === token ? 2 : 1);
        scores.set(spelling, (scores.get(spelling) ?? 0) + points);
      }
    }
  }
  const ranked = [...scores].sort(
    ([a, x], [b, y]) => y - x || a.tokens.length - b.tokens.length || byName(a.item, b.item),
  );
  return [...new Set(ranked.map(([spelling]) => spelling.item))].slice(0, OFFERED);
}

/** Alphabetical, and the same on every machine. */
export const byName = (a: Named, b: Named): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
