import { ComponentType as Kind } from 'discord.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { optionsOf } from './components.ts';
import { isFile, type UserFile } from './files.ts';

interface Picked {
  id: string;
}

type SingleValue = string | Picked | UserFile;

/** What a user enters into one input: text, an option's label, a user, role or channel, a file; or several of them. */
export type InputValue = SingleValue | readonly SingleValue[];

/**
 * An input as interactions carry it. With `filled` undefined it has the app's preset value. Throws when Discord's client
 * would not send it.
 */
export function fillInput(input: Json, filled: InputValue | undefined, label: string): Json {
  const { type, id, custom_id } = input;
  const shared = { type, id, custom_id };
  if (type === Kind.TextInput) return { ...shared, value: typed(input, filled, label) };
  return { ...shared, values: selectedValues(input, filled, label) };
}

function typed(input: Json, filled: InputValue | undefined, label: string): string {
  const words = filled === undefined ? textOf(input.value) : filled;
  const min = Number(input.min_length ?? 0);
  const max = Number(input.max_length ?? 4000);
  if (typeof words !== 'string') throw new Error(`"${label}" takes words.`);
  if (words.length > max)
    throw new Error(`Discord lets nobody type more than ${max} letters in "${label}".`);
  if (!words && input.required !== false) throw new Error(needed(label));
  if (words && words.length < min)
    throw new Error(`Discord wants at least ${min} letters in "${label}".`);
  return words;
}

const needed = (label: string) => `Discord sends the form only with "${label}" filled in.`;

/** The values picked in a menu or uploaded: values of options, or ids. */
export function selectedValues(
  input: Json,
  filled: InputValue | undefined,
  label: string,
): string[] {
  const values =
    filled === undefined ? preset(input) : listed(filled).map((one) => valueFor(input, one));
  const max = Number(input.max_values ?? 1);
  const min = Number(input.required === false ? 0 : (input.min_values ?? 1));
  if (values.length > max) throw new Error(`One picks at most ${max} in "${label}".`);
  if (values.length < min) throw new Error(needed(label));
  return values;
}

function listed(filled: InputValue): SingleValue[] {
  if (Array.isArray(filled)) return [...filled];
  return filled === '' ? [] : [filled as SingleValue];
}

function preset(input: Json): string[] {
  const options = optionsOf(input).filter((option) => option.default);
  const values = [
    ...options.map(({ value }) => value),
    ...listOf(input.default_values).map(({ id }) => id),
  ];
  return values.map(textOf);
}

function valueFor(input: Json, picked: SingleValue): string {
  const options = optionsOf(input);
  if (isFile(picked)) throw new Error('A file is uploaded first.');
  if (typeof picked === 'object') return picked.id;
  if (!options.length) return picked;
  const found = options.find(({ label, value }) => label === picked || value === picked);
  const names = options.map(({ label }) => label).join(', ');
  if (!found) throw new Error(`There is no option "${picked}" among: ${names}`);
  return textOf(objectOf(found).value);
}
