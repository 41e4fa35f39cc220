import { ButtonStyle, ComponentType as Kind } from 'discord.js';
import { type Json, textOf } from '../json.ts';
import { partsOf } from './components.ts';
import type { InputValue } from './fill.ts';
import { buttonLabel, type VisibleMessage } from './visible-messages.ts';

/** Finds a button by its label or custom id. Throws when it cannot be pressed. */
export function findButton(seen: VisibleMessage, name: string): Json {
  const button = partsOf(seen.components)
    .map(({ part }) => part)
    .find(
      (part) => part.type === Kind.Button && [buttonLabel(part), part.custom_id].includes(name),
    );
  if (!button)
    throw new Error(
      `There is no button "${name}" in:\n${seen.words}\n[${seen.buttons.join('] [')}]`,
    );
  if (button.disabled) throw new Error(`The button "${name}" is disabled.`);
  if (button.style === ButtonStyle.Link) throw new Error(`"${name}" opens ${button.url}.`);
  return button;
}

/** Finds a menu by its placeholder or custom id. Throws when it cannot be used. */
export function findMenu(seen: VisibleMessage, name: string): Json {
  const menus = partsOf(seen.components)
    .map(({ part }) => part)
    .filter(({ type }) => MENUS.has(Number(type)));
  const menu = menus.find(({ placeholder, custom_id }) => [placeholder, custom_id].includes(name));
  const names = menus.map(({ placeholder, custom_id }) => placeholder ?? custom_id);
  if (!menu) throw new Error(`There is no menu "${name}" among: ${names.join(', ')}`);
  if (menu.disabled) throw new Error(`The menu "${name}" is disabled.`);
  return menu;
}

const MENUS: ReadonlySet<number> = new Set([
  ...[Kind.StringSelect, Kind.UserSelect, Kind.RoleSelect],
  ...[Kind.MentionableSelect, Kind.ChannelSelect],
]);

/** One input of a form and its label. */
interface Input {
  input: Json;
  label: string;
}

/** The inputs of a form, in order. */
export function inputsIn(components: readonly Json[]): Input[] {
  return partsOf(components).flatMap(({ part }) => {
    if (part.type === Kind.Label)
      return [{ input: part.component as Json, label: textOf(part.label) }];
    return part.type === Kind.TextInput && part.label
      ? [{ input: part, label: textOf(part.label) }]
      : [];
  });
}

/** The value given for an input, by its label or custom id. */
export const valueGiven = ({ input, label }: Input, filled: Readonly<Record<string, InputValue>>) =>
  filled[label] ?? filled[textOf(input.custom_id)];

/** Throws when a value is given for an input that does not exist. */
export function requireKnownInputs(
  inputs: readonly Input[],
  filled: Readonly<Record<string, InputValue>>,
): void {
  const names = inputs.flatMap(({ input, label }) => [label, textOf(input.custom_id)]);
  const stray = Object.keys(filled).find((name) => !names.includes(name));
  const known = inputs.map(({ label }) => label).join(', ');
  if (stray !== undefined) throw new Error(`There is no input "${stray}" among: ${known}`);
}
