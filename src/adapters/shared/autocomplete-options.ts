import type { Choice } from '../../core/ports/platform.ts';

/**
 * What is offered while a value is being typed: the choices and, since a name may be new, what was typed, as it is.
 * @param typed the words so far.
 * @param limits `longest`: characters of a value; a longer one cannot be picked. `most`: choices.
 */
export function autocompleteOptions(
  choices: readonly Choice[],
  typed: string,
  { most, longest }: { most: number; longest: number },
): readonly Choice[] {
  const words = typed.trim();
  const known = choices.filter(({ value }) => value.length <= longest);
  const isKnown = known.some(({ label }) => label.toLowerCase() === words.toLowerCase());
  if (words === '' || words.length > longest || isKnown) return known.slice(0, most);
  return [...known.slice(0, most - 1), { value: words, label: `Use "${words}"` }];
}
