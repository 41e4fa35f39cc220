import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { elementsOf } from './blocks.ts';
import { type Filled, filledIn } from './fill.ts';
import { labelOf, type SeenMessage, type SeenView } from './visible-messages.ts';

export type Seen = SeenMessage | SeenView;

/** One element that a user touches. */
export interface Touched {
  block: Json;
  element: Json;
}

/** The button, or the menu or input, that goes by this name: its label, action id or placeholder. */
export function findIn(seen: Seen, kind: 'button' | 'menu', name: string): Touched {
  for (const touched of touchables(seen.blocks))
    if (
      (touched.element.type === 'button') === (kind === 'button') &&
      namesOf(touched).includes(name)
    )
      return touched;
  throw new Error(
    `There is no ${kind} "${name}" in:\n${seen.words}\n[${seen.buttons.join('] [')}]`,
  );
}

/** What a user has put into elements, by `keyOf`. */
export type Typed = ReadonlyMap<string, Json>;

export const keyOf = ({ block, element }: Touched) => `${block.block_id} ${element.action_id}`;

/** Whether a menu asks the app for its options. */
export const isExternal = ({ element }: Touched) => /external_select$/.test(textOf(element.type));

/** What a user has put into the inputs of a view or a message, else what the app preset, as in `state`. */
export function valuesOf(blocks: Json[], typed: Typed): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {};
  for (const touched of touchables(blocks)) {
    const { block, element } = touched;
    if (['button', 'overflow', 'image'].includes(textOf(element.type))) continue;
    const id = textOf(block.block_id);
    const value = typed.get(keyOf(touched)) ?? filledIn(element, undefined);
    values[id] = { ...values[id], [textOf(element.action_id)]: value };
  }
  return values;
}

/** The inputs of a form, each with what was given for it; throws for a name that none has. */
export function inputsOf(blocks: Json[], filled: Record<string, Filled>) {
  const inputs = touchables(blocks).map((touched) => {
    const name = namesOf(touched).find((one) => Object.hasOwn(filled, one));
    return { touched, name, given: name === undefined ? undefined : filled[name] };
  });
  const stray = Object.keys(filled).find((name) => !inputs.some((input) => input.name === name));
  const known = inputs.map(({ touched }) => namesOf(touched)[0]).join(', ');
  if (stray !== undefined) throw new Error(`There is no input "${stray}" among: ${known}`);
  return inputs;
}

function touchables(blocks: Json[]): Touched[] {
  return listOf(blocks).flatMap((block) =>
    elementsOf(block).map((element) => ({ block, element })),
  );
}

function namesOf({ block, element }: Touched): string[] {
  const names = [
    labelOf({ text: block.label }),
    labelOf(element),
    textOf(objectOf(element.placeholder).text),
    textOf(element.action_id),
    block.type === 'input' ? textOf(block.block_id) : '',
  ];
  return names.filter(Boolean);
}
