import { ApplicationCommandType as Of, ApplicationCommandOptionType as Type } from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { type Problem, problemIf } from './problem.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** https://docs.discord.com/developers/interactions/application-commands#registering-a-command */
const MAX_COMMANDS = { [Of.ChatInput]: 100, [Of.User]: 15, [Of.Message]: 15 };
const MAX_COMMAND_LENGTH = 8000;
const MAX_CHOICE_LENGTH = 100;

/** What is wrong with a list of commands, by rules that the OpenAPI document does not have. */
export function commandProblems(commands: readonly Json[]): Problem[] {
  const tooMany = Object.entries(MAX_COMMANDS).flatMap(([type, max]) => {
    const count = commands.filter((command) => typeOf(command) === Number(type)).length;
    return problemIf(count > max, [], `There may be ${max} commands of type ${type}.`);
  });
  const keys = commands.map((command) => `${typeOf(command)} ${command.name}`);
  return [
    ...tooMany,
    ...doubled(keys, [], 'Application command names must be unique'),
    ...commands.flatMap(problemsOf),
  ];
}

const typeOf = ({ type }: Json) => Number(type ?? Of.ChatInput);

function problemsOf(command: Json, index: number): Problem[] {
  const letters = lettersOf(command);
  const long = problemIf(
    letters > MAX_COMMAND_LENGTH,
    [index],
    `${letters} letters: at most 8,000.`,
  );
  if (typeOf(command) !== Of.ChatInput) {
    const words = 'Only slash commands have this.';
    return [
      ...long,
      ...problemIf(command.description, [index, 'description'], words),
      ...problemIf(listOf(command.options).length, [index, 'options'], words),
    ];
  }
  return [
    ...long,
    ...named(command.name, [index]),
    ...problemIf(!command.description, [index, 'description'], 'This field is required'),
    ...optionProblems(listOf(command.options), [index, 'options']),
  ];
}

function named(name: unknown, path: Problem['path']): Problem[] {
  const word = textOf(name);
  const fits = NAME.test(word) && word === word.toLowerCase();
  const code = 'APPLICATION_COMMAND_INVALID_NAME';
  return problemIf(!fits, [...path, 'name'], 'Command name is invalid', code);
}

const isNested = ({ type }: Json) => type === Type.Subcommand || type === Type.SubcommandGroup;

function optionProblems(options: Json[], path: Problem['path']): Problem[] {
  const names = options.map(({ name }) => textOf(name));
  const isMixed = options.some(isNested) && !options.every(isNested);
  return [
    ...doubled(names, path, 'Option name must be unique'),
    ...problemIf(isMixed, path, 'Subcommands and options cannot be mixed'),
    ...options.flatMap((option, index) => [
      ...problemIf(
        option.required && options.slice(0, index).some(({ required }) => !required),
        [...path, index],
        'Required options must be placed before non-required options',
      ),
      ...optionProblem(option, [...path, index]),
    ]),
  ];
}

function optionProblem(option: Json, path: Problem['path']): Problem[] {
  const choices = listOf(option.choices);
  const asksTwice = option.autocomplete && choices.length > 0;
  return [
    ...named(option.name, path),
    ...problemIf(asksTwice, [...path, 'autocomplete'], 'It has choices, or autocomplete.'),
    ...choiceProblems(choices, [...path, 'choices']),
    ...optionProblems(listOf(option.options), [...path, 'options']),
  ];
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export function choiceProblems(choices: readonly Json[], path: Problem['path']): Problem[] {
  const names = choices.map(({ name }) => textOf(name));
  return [
    ...doubled(names, path, 'Option choice names must be unique'),
    ...choices.flatMap(({ value }, index) => {
      const isLong = textOf(value).length > MAX_CHOICE_LENGTH;
      return problemIf(isLong, [...path, index, 'value'], 'Must be 100 or fewer in length.');
    }),
  ];
}

function doubled(words: readonly string[], path: Problem['path'], message: string): Problem[] {
  return words.flatMap((word, index) =>
    problemIf(words.indexOf(word) < index, [...path, index], message),
  );
}

/** Names, descriptions and values together: https://docs.discord.com/developers/interactions/application-commands#slash-commands */
function lettersOf(command: Json): number {
  const own = [command.name, command.description, command.value].map((word) => textOf(word).length);
  const inner = [...listOf(command.options), ...listOf(command.choices)].map(lettersOf);
  return [...own, ...inner].reduce((all, one) => all + one, 0);
}
