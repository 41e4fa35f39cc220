import { ComponentType as Kind } from 'discord.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { optionsOf } from './components.ts';

interface Picked {
  id: string;
}

/** What a user puts into one input: typed words, an option's label, whom or what they picked, a tick. */
export type Filled = string | boolean | Picked | readonly (string | Picked)[];

/**
 * An input's value as interactions carry it. `filled` undefined: as the app preset it. Throws when Discord's client
 * would not let it be sent so.
 */
export function filledIn(input: Json, filled: Filled | undefined, label: string): Json {
  const { type, id, custom_id } = input;
  const shared = { type, id, custom_id };
  if (type === Kind.TextInput) return { ...shared, value: typed(input, filled, label) };
  if (type === Kind.Checkbox) return { ...shared, value: (filled ?? input.default) === true };
  const values = pickedIn(input, filled, label);
  if (type === Kind.RadioGroup) return { ...shared, value: values[0] ?? null };
  return { ...shared, values };
}

function typed(input: Json, filled: Filled | undefined, label: string): string {
  const words = filled === undefined ? textOf(input.value) : filled;
  const least = Number(input.min_length ?? 0);
  const most = Number(input.max_length ?? 4000);
  if (typeof words !== 'string') throw new Error(`"${label}" takes words.`);
  if (words.length > most)
    throw new Error(`Discord lets nobody type more than ${most} letters in "${label}".`);
  if (!words && input.required !== false) throw new Error(needed(label));
  if (words && words.length < least)
    throw new Error(`Discord wants at least ${least} letters in "${label}".`);
  return words;
}

const needed = (label: string) => `Discord sends the form only with "${label}" filled in.`;

/** What is picked in a menu, radio buttons or boxes: the values of options, or ids. */
export function pickedIn(input: Json, filled: Filled | undefined, label: string): string[] {
  const values =
    filled === undefined ? preset(input) : listed(filled).map((one) => valueFor(input, one));
  const isSingle = input.type === Kind.RadioGroup;
  const most = Number(isSingle ? 1 : (input.max_values ?? (isBoxes(input) ? 10 : 1)));
  const least = Number(input.required === false ? 0 : (input.min_values ?? 1));
  if (values.length > most) throw new Error(`One picks at most ${most} in "${label}".`);
  if (values.length < least) throw new Error(needed(label));
  return values;
}

const isBoxes = ({ type }: Json) => type === Kind.CheckboxGroup;

const listed = (filled: Filled): (string | Picked)[] => {
  if (Array.isArray(filled)) return [...filled];
  return filled === '' || typeof filled === 'boolean' ? [] : [filled as string | Picked];
};

function preset(input: Json): string[] {
  const options = optionsOf(input).filter((option) => option.default);
  const values = [
    ...options.map(({ value }) => value),
    ...listOf(input.default_values).map(({ id }) => id),
  ];
  return values.map(textOf);
}

function valueFor(input: Json, picked: string | Picked): string {
  const options = optionsOf(input);
  if (typeof picked === 'object') return picked.id;
  if (!options.length) return picked;
  const found = options.find(({ label, value }) => label === picked || value === picked);
  const names = options.map(({ label }) => label).join(', ');
  if (!found) throw new Error(`There is no option "${picked}" among: ${names}`);
  return textOf(objectOf(found).value);
}
