import { ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { componentProblems } from './component-rules.ts';
import { partsOf } from './components.ts';
import { type Problem, problemIf } from './problem.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
const MAX_COMPONENTS = 5;

/** What is wrong with a modal, by rules that the OpenAPI document does not have. */
export function modalProblems(modal: Json): Problem[] {
  const components = listOf(modal.components);
  const parts = partsOf(components, ['data', 'components']);
  const tooMany = components.length > MAX_COMPONENTS;
  return [
    ...problemIf(tooMany, ['data', 'components'], 'Must be between 1 and 5 in length.'),
    ...componentProblems(parts),
    ...parts.flatMap(({ part, path }) => inputProblems(part, path)),
  ];
}

/** https://docs.discord.com/developers/components/reference#text-input */
function inputProblems(part: Json, path: Problem['path']): Problem[] {
  const wrongIf = (wrong: unknown, key: string, message: string) =>
    problemIf(wrong, [...path, key], message);
  if (part.type !== Kind.TextInput)
    return wrongIf(part.disabled, 'disabled', 'Nothing in a modal can be disabled.');
  const inLabel = path.at(-1) === 'component';
  const { length } = textOf(part.value);
  const min = Number(part.min_length ?? 0);
  const max = Number(part.max_length ?? 4000);
  const fits = length === 0 || (length >= min && length <= max);
  return [
    ...wrongIf(inLabel && part.label, 'label', 'The words stand in the Label.'),
    ...wrongIf(!inLabel && !part.label, 'label', 'This field is required'),
    ...wrongIf(min > max, 'min_length', 'More than max_length.'),
    ...wrongIf(!fits, 'value', `Must be between ${min} and ${max} in length.`),
  ];
}
