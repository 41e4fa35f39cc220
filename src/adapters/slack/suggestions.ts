import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../core/ports.ts';
import { optionOf } from './box.ts';
import { LONGEST_OPTION, MOST_OPTIONS } from './limits.ts';

/**
 * What an `external_select` offers: the choices and, since a name may be new, what was typed, as it is.
 * @param typed the words in the box so far.
 */
export function suggestionsOf(choices: readonly Choice[], typed: string): PlainTextOption[] {
  const words = typed.trim();
  const known = choices.filter(({ value }) => value.length <= LONGEST_OPTION);
  const isKnown = known.some(({ label }) => label.toLowerCase() === words.toLowerCase());
  if (words === '' || words.length > LONGEST_OPTION || isKnown) {
    return known.slice(0, MOST_OPTIONS).map(optionOf);
  }
  const asTyped = { value: words, label: `Use "${words}"` };
  return [...known.slice(0, MOST_OPTIONS - 1), asTyped].map(optionOf);
}
