import { ComponentType as Kind } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { componentProblems } from './component-rules.ts';
import { partsOf } from './components.ts';
import { type Problem, problem } from './problem.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
const MOST_COMPONENTS = 5;

/** What is wrong with a modal, beyond what the OpenAPI document says. */
export function modalProblems(modal: Json): Problem[] {
  const components = listOf(modal.components);
  const parts = partsOf(components, ['data', 'components']);
  const many =
    components.length > MOST_COMPONENTS
      ? [
          problem(
            ['data', 'components'],
            'Must be between 1 and 5 in length.',
            'BASE_TYPE_BAD_LENGTH',
          ),
        ]
      : [];
  return [
    ...many,
    ...componentProblems(parts),
    ...parts.flatMap(({ part, path }) => inputProblems(part, path)),
  ];
}

/** https://docs.discord.com/developers/components/reference#text-input */
function inputProblems(part: Json, path: Problem['path']): Problem[] {
  const wrong = (key: string, message: string) => [problem([...path, key], message)];
  if (part.type !== Kind.TextInput)
    return part.disabled ? wrong('disabled', 'Nothing in a modal can be disabled.') : [];
  const inLabel = path.at(-1) === 'component';
  const length = textOf(part.value).length;
  const least = Number(part.min_length ?? 0);
  const most = Number(part.max_length ?? 4000);
  return [
    ...(inLabel && part.label ? wrong('label', 'The words stand in the Label.') : []),
    ...(!inLabel && !part.label ? wrong('label', 'This field is required') : []),
    ...(least > most ? wrong('min_length', 'More than max_length.') : []),
    ...(length > most || (length > 0 && length < least)
      ? wrong('value', `Must be between ${least} and ${most} in length.`)
      : []),
  ];
}
