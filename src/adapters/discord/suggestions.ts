import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Choice } from '../../core/ports/platform.ts';
import { autocompleteOptions } from '../shared/autocomplete-options.ts';
import { LONGEST_CHOICE, MOST_CHOICES } from './limits.ts';
import { plainText } from './plain-text.ts';

/**
 * What an option with autocomplete offers.
 * @param typed the words in the option so far.
 */
export function suggestionsOf(
  choices: readonly Choice[],
  typed: string,
): APIApplicationCommandOptionChoice<string>[] {
  const limits = { most: MOST_CHOICES, longest: LONGEST_CHOICE };
  return autocompleteOptions(choices, typed, limits).map(({ value, label }) => ({
    name: plainText(label, LONGEST_CHOICE),
    value,
  }));
}
