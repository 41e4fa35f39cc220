import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { elementsOf } from './blocks.ts';
import { fillInput, type InputValue } from './fill.ts';
import { labelOf, type VisibleMessage, type VisibleView } from './visible-messages.ts';

export type VisibleSurface = VisibleMessage | VisibleView;

/** An interactive element and its block. */
export interface LocatedElement {
  block: Json;
  element: Json;
}

/** Finds a button, or a menu or input, by its label, action id or placeholder. */
export function findElement(
  seen: VisibleSurface,
  kind: 'button' | 'menu',
  name: string,
): LocatedElement {
  for (const located of interactiveElements(seen.blocks))
    if (
      (located.element.type === 'button') === (kind === 'button') &&
      namesOf(located).includes(name)
    )
      return located;
  throw new Error(
    `There is no ${kind} "${name}" in:\n${seen.words}\n[${seen.buttons.join('] [')}]`,
  );
}

/** What a user has entered into elements, by `elementKey`. */
export type InputStates = ReadonlyMap<string, Json>;

export const elementKey = ({ block, element }: LocatedElement) =>
  `${block.block_id} ${element.action_id}`;

/** Whether a menu asks the app for its options. */
export const isExternal = ({ element }: LocatedElement) =>
  /external_select$/.test(textOf(element.type));

/** The values of the inputs of a view or a message, as in `state`: entered by the user, else preset by the app. */
export function valuesOf(blocks: Json[], typed: InputStates): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {};
  for (const located of interactiveElements(blocks)) {
    const { block, element } = located;
    if (['button', 'overflow', 'image'].includes(textOf(element.type))) continue;
    const id = textOf(block.block_id);
    const value = typed.get(elementKey(located)) ?? fillInput(element, undefined);
    values[id] = { ...values[id], [textOf(element.action_id)]: value };
  }
  return values;
}

/** The inputs of a form with the values given for them. Throws when a value is given for an unknown input. */
export function inputsOf(blocks: Json[], filled: Record<string, InputValue>) {
  const inputs = interactiveElements(blocks).map((located) => {
    const name = namesOf(located).find((one) => Object.hasOwn(filled, one));
    return { located, name, given: name === undefined ? undefined : filled[name] };
  });
  const stray = Object.keys(filled).find((name) => !inputs.some((input) => input.name === name));
  const known = inputs.map(({ located }) => namesOf(located)[0]).join(', ');
  if (stray !== undefined) throw new Error(`There is no input "${stray}" among: ${known}`);
  return inputs;
}

function interactiveElements(blocks: Json[]): LocatedElement[] {
  return listOf(blocks).flatMap((block) =>
    elementsOf(block).map((element) => ({ block, element })),
  );
}

function namesOf({ block, element }: LocatedElement): string[] {
  const names = [
    labelOf({ text: block.label }),
    labelOf(element),
    textOf(objectOf(element.placeholder).text),
    textOf(element.action_id),
    block.type === 'input' ? textOf(block.block_id) : '',
  ];
  return names.filter(Boolean);
}
