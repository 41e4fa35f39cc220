import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { submitted } from '../../../src/adapters/discord/form.ts';
import { type Filled, filledIn } from '../../doubles/discord/fill.ts';
import { inputsIn } from '../../doubles/discord/ui-actions.ts';
import { type Json, textOf } from '../../doubles/json.ts';

/** What a box's id says before the name of its arg. */
const STANDING = /^(filled|empty)\./;

/** The boxes of a modal by the names of their args. */
export function boxesIn({ components }: APIModalInteractionResponseCallbackData) {
  const inputs = inputsIn(JSON.parse(JSON.stringify(components)));
  return new Map(
    inputs.map(({ input, label }) => {
      const name = textOf(input.custom_id).replace(STANDING, '');
      return [name, { input, label }] as const;
    }),
  );
}

/** What comes of a modal as its user sends it, with some boxes filled in anew. */
export function sentBack(
  modal: APIModalInteractionResponseCallbackData,
  filled: Readonly<Record<string, Filled>> = {},
) {
  const components = [...boxesIn(modal)].map(([name, { input, label }]) => {
    const { type, custom_id, ...state }: Json = filledIn(input, filled[name], label);
    return { component: { ...state, type: Number(type), customId: textOf(custom_id) } };
  });
  return submitted({ customId: modal.custom_id, components });
}
