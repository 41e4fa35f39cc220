import { truncate } from './text.ts';

/**
 * Labels for things to choose from. Those that would look alike carry what tells them apart: the first of the details
 * that differs, then the next one, or a number if they are alike in everything.
 * @param details more about a thing, the most telling first; empty: nothing is known.
 * @param maxLength of a label, in characters.
 */
export function distinctLabels<T>(
  things: readonly T[],
  label: (thing: T) => string,
  details: readonly ((thing: T) => string)[],
  maxLength: number,
): string[] {
  const added: string[] = things.map(() => '');
  const labelAt = (index: number): string => {
    const suffix = added[index] ?? '';
    return `${truncate(label(things[index] as T), maxLength - suffix.length)}${suffix}`;
  };
  for (const detail of details) {
    for (const alike of groupsOf(things.map((_, index) => labelAt(index)))) {
      const texts = alike.map((index) => detail(things[index] as T));
      if (new Set(texts).size < 2) continue;
      for (const [at, index] of alike.entries()) if (texts[at]) added[index] += `, ${texts[at]}`;
    }
  }
  for (const alike of groupsOf(things.map((_, index) => labelAt(index))))
    for (const [at, index] of alike.entries()) added[index] += ` (${at + 1})`;
  return things.map((_, index) => labelAt(index));
}

/** The places of labels that look the same: a list for each such label. */
function groupsOf(labels: readonly string[]): number[][] {
  const places = new Map<string, number[]>();
  for (const [index, label] of labels.entries()) {
    const key = label.toLowerCase();
    places.set(key, [...(places.get(key) ?? []), index]);
  }
  return [...places.values()].filter((alike) => alike.length > 1);
}
