import { ApplicationCommandOptionType } from 'discord.js';
import type { Commands } from '../../../core/command/command.ts';
import { parseLine } from '../../../core/parsing/parse-line.ts';
import { WHOLE_LINE } from '../manifest/manifest.ts';
import type { FilledOption } from '../manifest/option.ts';
import { commandOf } from '../manifest/slash-name.ts';
import type { CommandWithFiles } from '../render/form.ts';
import type { SlashCommand } from './input.ts';

/**
 * The command that a slash command stands for.
 * @returns undefined if there is no such command, for example because an older version registered it.
 */
export function parseSlashCommand(
  slash: SlashCommand['slash'],
  commands: Commands,
): CommandWithFiles | undefined {
  if (slash.name === WHOLE_LINE.name) {
    const line = slash.options.find(({ name }) => name === WHOLE_LINE.option)?.value;
    return { ...parseLine(`${line ?? ''}`, commands), files: {} };
  }
  const command = commandOf(slash, commands);
  if (!command) return undefined;
  const options = slash.options.filter(({ name }) => command.args[name]);
  const values = options.flatMap((option) => {
    const value = optionValue(option);
    return value === undefined ? [] : [[option.name, value] as const];
  });
  const files = options
    .filter(({ type }) => type === ApplicationCommandOptionType.Attachment)
    .map(({ name, value }) => [name, `${value}`] as const);
  return {
    command: command.name,
    args: Object.fromEntries(values),
    files: Object.fromEntries(files),
  };
}

/** The raw value of an option: text as typed, users, channels and roles as mentions; undefined for a file. */
function optionValue({ type, value }: FilledOption): string | undefined {
  switch (type) {
    case ApplicationCommandOptionType.User:
      return `<@${value}>`;
    case ApplicationCommandOptionType.Channel:
      return `<#${value}>`;
    case ApplicationCommandOptionType.Role:
      return `<@&${value}>`;
    case ApplicationCommandOptionType.Boolean:
      return value ? 'yes' : 'no';
    case ApplicationCommandOptionType.Attachment:
      return undefined;
    default:
      return `${value ?? ''}`;
  }
}
