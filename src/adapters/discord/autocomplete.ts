import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Choice } from '../../core/ports/platform.ts';
import { autocompleteOptions, findChoices } from '../shared/autocomplete.ts';
import type { Autocomplete } from './input/input.ts';
import { commandOf } from './manifest/slash-name.ts';
import { MAX_CHOICE_LENGTH, MAX_CHOICES } from './render/limits.ts';
import { plainText } from './render/plain-text.ts';
import { discordRequest, type RequestDeps } from './request.ts';
import { resolveServer } from './resolve-server.ts';

/** The choices to suggest for the text typed so far. Never throws. */
export async function suggest(
  input: Autocomplete,
  deps: RequestDeps,
): Promise<APIApplicationCommandOptionChoice<string>[]> {
  const choices = await findChoices(choicesFor(input, deps), 'discord choices not found', deps.log);
  return suggestionsOf(choices, input.typed);
}

async function choicesFor(input: Autocomplete, deps: RequestDeps): Promise<readonly Choice[]> {
  const { arg, typed, slash } = input;
  const command = commandOf(slash, deps.commands)?.name;
  if (command === undefined) return [];
  const requested = { command, args: {} };
  const resolved = await resolveServer(input, requested, deps);
  // Names of several partnerships are not mixed.
  if ('reply' in resolved) return [];
  const { partnership, actor, profiles } = await discordRequest(input, requested, resolved, deps);
  const profile = profiles?.[actor.user];
  const typist = { partnership, actor, profile };
  return deps.bot.choices({ ...typist, command, arg, typed, limit: MAX_CHOICES });
}

/** The choices of an option with autocomplete. @param typed the text in the option so far. */
export function suggestionsOf(
  choices: readonly Choice[],
  typed: string,
): APIApplicationCommandOptionChoice<string>[] {
  const limits = { maxOptions: MAX_CHOICES, maxLength: MAX_CHOICE_LENGTH };
  return autocompleteOptions(choices, typed, limits).map(({ value, label }) => ({
    name: plainText(label, MAX_CHOICE_LENGTH),
    value,
  }));
}
