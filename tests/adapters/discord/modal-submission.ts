import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { readForm } from '../../../src/adapters/discord/render/form.ts';
import { fillInput, type InputValue } from '../../doubles/discord/fill.ts';
import { inputsIn } from '../../doubles/discord/ui-actions.ts';
import { type Json, textOf } from '../../doubles/json.ts';

/** The part of a field's id before the name of its arg. */
const STATE_PREFIX = /^(filled|empty)\./;

/** The fields of a modal by the names of their args. */
export function fieldsIn({ components }: APIModalInteractionResponseCallbackData) {
  const inputs = inputsIn(JSON.parse(JSON.stringify(components)));
  return new Map(
    inputs.map(({ input, label }) => {
      const name = textOf(input.custom_id).replace(STATE_PREFIX, '');
      return [name, { input, label }] as const;
    }),
  );
}

/** Sends a modal as its user would, with some fields filled in anew. @returns what the adapter reads. */
export function submitModal(
  modal: APIModalInteractionResponseCallbackData,
  filled: Readonly<Record<string, InputValue>> = {},
) {
  const components = [...fieldsIn(modal)].map(([name, { input, label }]) => {
    const { type, custom_id, ...state }: Json = fillInput(input, filled[name], label);
    return { component: { ...state, type: Number(type), customId: textOf(custom_id) } };
  });
  return readForm({ customId: modal.custom_id, components });
}
