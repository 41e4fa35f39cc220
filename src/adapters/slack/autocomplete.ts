import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../core/ports/platform.ts';
import { autocompleteOptions, findChoices } from '../shared/autocomplete.ts';
import type { Autocomplete } from './input/input.ts';
import { optionOf } from './render/field-input.ts';
import { autocompletedField } from './render/form.ts';
import { MAX_OPTION_LENGTH, MAX_OPTIONS } from './render/limits.ts';
import { type RequestDeps, slackRequest } from './request.ts';

/** The options to suggest for the text typed so far. Never throws. */
export async function suggest(input: Autocomplete, deps: RequestDeps): Promise<PlainTextOption[]> {
  const choices = await findChoices(choicesFor(input, deps), 'slack choices not found', deps.log);
  return suggestionsOf(choices, input.typed);
}

async function choicesFor(input: Autocomplete, deps: RequestDeps): Promise<readonly Choice[]> {
  const field = autocompletedField(input);
  if (!field) return [];
  const request = await slackRequest(input, { command: field.command, args: {} }, deps);
  if (!request) return [];
  const { partnership, actor, profiles } = request.invocation;
  return deps.bot.choices({
    ...field,
    partnership,
    actor,
    profile: profiles?.[input.user],
    typed: input.typed,
    limit: MAX_OPTIONS,
  });
}

/** The options of an `external_select`. @param typed the text in the field so far. */
export function suggestionsOf(choices: readonly Choice[], typed: string): PlainTextOption[] {
  const limits = { maxOptions: MAX_OPTIONS, maxLength: MAX_OPTION_LENGTH };
  return autocompleteOptions(choices, typed, limits).map(optionOf);
}
