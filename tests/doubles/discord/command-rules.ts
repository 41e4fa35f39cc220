import { ApplicationCommandType, ApplicationCommandOptionType as Type } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { type Problem, problem } from './problem.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};
const MOST_LETTERS = 8000;

/** What is wrong with a list of commands, beyond what the OpenAPI document says. */
export function commandProblems(commands: readonly Json[]): Problem[] {
  const count = Object.entries(MOST).flatMap(([type, most]) =>
    commands.filter((command) => typeOf(command) === Number(type)).length > most
      ? [problem([], `There may be ${most} commands of type ${type}.`)]
      : [],
  );
  const keys = commands.map((command) => `${typeOf(command)} ${command.name}`);
  return [
    ...count,
    ...doubled(keys, [], 'Application command names must be unique'),
    ...commands.flatMap(problemsOf),
  ];
}

const typeOf = ({ type }: Json) => Number(type ?? ApplicationCommandType.ChatInput);

function problemsOf(command: Json, index: number): Problem[] {
  const letters = lettersOf(command);
  const long =
    letters > MOST_LETTERS
      ? [problem([index], `Command exceeds maximum size (8000): ${letters}`)]
      : [];
  if (typeOf(command) !== ApplicationCommandType.ChatInput) {
    const stray = ['description', 'options'].filter((key) => command[key] && String(command[key]));
    return [
      ...long,
      ...stray.map((key) => problem([index, key], 'Only slash commands have this.')),
    ];
  }
  const described = textOf(command.description)
    ? []
    : [problem([index, 'description'], 'This field is required', 'BASE_TYPE_REQUIRED')];
  return [
    ...long,
    ...named(command.name, [index]),
    ...described,
    ...optionProblems(listOf(command.options), [index]),
  ];
}

function named(name: unknown, path: Problem['path']): Problem[] {
  const word = textOf(name);
  if (NAME.test(word) && word === word.toLowerCase()) return [];
  const code = 'APPLICATION_COMMAND_INVALID_NAME';
  return [problem([...path, 'name'], 'Command name is invalid', code)];
}

const isGroup = ({ type }: Json) => type === Type.SubcommandGroup;
const isNested = (option: Json) => option.type === Type.Subcommand || isGroup(option);

function optionProblems(options: Json[], path: Problem['path']): Problem[] {
  const at = (index: number) => [...path, 'options', index];
  const names = options.map(({ name }) => textOf(name));
  const mixed = options.some(isNested) && !options.every(isNested);
  let optional = false;
  const order = options.flatMap((option, index) => {
    if (!option.required) optional = true;
    else if (optional)
      return [problem(at(index), 'Required options must be placed before optional ones')];
    return [];
  });
  return [
    ...doubled(names, [...path, 'options'], 'Option name must be unique'),
    ...(mixed ? [problem([...path, 'options'], 'Subcommands and options cannot be mixed')] : []),
    ...order,
    ...options.flatMap((option, index) => [
      ...named(option.name, at(index)),
      ...(option.autocomplete && listOf(option.choices).length
        ? [problem([...at(index), 'autocomplete'], 'An option has choices, or autocomplete')]
        : []),
      ...choiceProblems(listOf(option.choices), [...at(index), 'choices']),
      ...(isNested(option) ? optionProblems(listOf(option.options), at(index)) : []),
    ]),
  ];
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export function choiceProblems(choices: readonly Json[], path: Problem['path']): Problem[] {
  const names = choices.map(({ name }) => textOf(name));
  return [
    ...doubled(names, path, 'Option choice names must be unique'),
    ...choices.flatMap(({ value }, index) =>
      textOf(value).length > 100
        ? [
            problem(
              [...path, index, 'value'],
              'Must be 100 or fewer in length.',
              'BASE_TYPE_MAX_LENGTH',
            ),
          ]
        : [],
    ),
  ];
}

function doubled(words: readonly string[], path: Problem['path'], message: string): Problem[] {
  return words.flatMap((word, index) =>
    words.indexOf(word) < index ? [problem([...path, index], message)] : [],
  );
}

/** Names, descriptions and values together: https://docs.discord.com/developers/interactions/application-commands#slash-commands */
function lettersOf(command: Json): number {
  const own = [command.name, command.description, command.value]
    .map((word) => String(word ?? '').length)
    .reduce((all, one) => all + one, 0);
  const inner = [...listOf(command.options), ...listOf(command.choices)];
  return inner.reduce((all, one) => all + lettersOf(one), own);
}
