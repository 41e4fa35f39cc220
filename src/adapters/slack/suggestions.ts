import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../core/ports/platform.ts';
import { autocompleteOptions } from '../shared/autocomplete-options.ts';
import { optionOf } from './box.ts';
import { LONGEST_OPTION, MOST_OPTIONS } from './limits.ts';

/**
 * What an `external_select` offers.
 * @param typed the words in the box so far.
 */
export function suggestionsOf(choices: readonly Choice[], typed: string): PlainTextOption[] {
  const limits = { most: MOST_OPTIONS, longest: LONGEST_OPTION };
  return autocompleteOptions(choices, typed, limits).map(optionOf);
}
