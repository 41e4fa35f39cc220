import { ApplicationCommandOptionType as Type } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { isFile, type UserFile, upload } from './files.ts';
import type { Channel, Role, User, World } from './world.ts';

/** The value of an option: text, a number, a boolean, a file, or a picked user, channel or role. */
export type OptionValue = string | number | boolean | UserFile | User | Channel | Role;

/** The filled-in options of a command. Throws when Discord's client would not send them. */
export function typedOptions(
  world: World,
  declared: readonly Json[],
  given: Readonly<Record<string, OptionValue>>,
): Json[] {
  const names = declared.map(({ name }) => textOf(name));
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new Error(`There is no option "${stray}" among: ${names.join(', ')}`);
  const missing = declared.find((one) => one.required && !Object.hasOwn(given, textOf(one.name)));
  if (missing) throw new Error(`Discord sends it only with "${missing.name}".`);
  return Object.entries(given).map(([name, value]) => {
    const option = declared.find((one) => one.name === name) ?? {};
    return { name, type: option.type, value: valueFor(world, option, value) };
  });
}

function valueFor(world: World, option: Json, given: OptionValue): string | number | boolean {
  const wrong = (words: string) =>
    new Error(`Discord takes no "${given}" for "${option.name}": ${words}.`);
  const choices = listOf(option.choices);
  if (choices.length) {
    const choice = choices.find(({ name, value }) => name === given || value === given);
    if (!choice) throw wrong(`the choices are ${choices.map(({ name }) => name).join(', ')}`);
    return choice.value as string | number;
  }
  if (option.type === Type.Boolean) {
    if (typeof given !== 'boolean') throw wrong('it is true or false');
    return given;
  }
  if (option.type === Type.Integer || option.type === Type.Number) {
    const { min_value = -(2 ** 53), max_value = 2 ** 53 } = option;
    if (typeof given !== 'number' || (option.type === Type.Integer && !Number.isInteger(given)))
      throw wrong('it is a number');
    if (given < Number(min_value) || given > Number(max_value)) throw wrong('it is out of range');
    return given;
  }
  if (option.type !== Type.String) return picked(world, option, given, wrong);
  const { min_length = 0, max_length = 6000 } = option;
  if (typeof given !== 'string') throw wrong('it is text');
  if (given.length < Number(min_length) || given.length > Number(max_length))
    throw wrong(`it has ${min_length} to ${max_length} letters`);
  return given;
}

function picked(
  world: World,
  option: Json,
  given: OptionValue,
  wrong: (words: string) => Error,
): string {
  if (isFile(given)) {
    if (option.type !== Type.Attachment) throw wrong('it is no file');
    return upload(world, given);
  }
  const id = typeof given === 'object' ? given.id : String(given);
  const isRole = [...world.guilds.values()].some(({ roles }) => roles.some((one) => one.id === id));
  const fits: Partial<Record<Type, boolean>> = {
    [Type.User]: world.users.has(id),
    [Type.Channel]: world.channels.has(id),
    [Type.Role]: isRole,
    [Type.Mentionable]: world.users.has(id) || isRole,
  };
  if (!fits[option.type as Type]) throw wrong('there is none such');
  return id;
}
