import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, Commands } from '../../core/command/command.ts';
import { readLine } from '../../core/parsing/read-line.ts';
import { LONGEST_DESCRIPTION } from './limits.ts';
import { plainText } from './plain-text.ts';
import { type FilledOption, optionOf, rawOf } from './slash/option.ts';
import type { Said } from './slash/said.ts';
import { commandOf, type Slash, slashOf, typedCommands } from './slash/slash.ts';

/** Names "Log this" in the menu of a message. */
export const LOG_THIS = 'Log this';

/** The command that takes any line, as it is typed elsewhere: `/convenor line:log the school met Jane`. */
const WHOLE = { name: 'convenor', option: 'line' };

/** Where commands are offered: in servers that have installed Convenor, and in direct messages with it. */
const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * The declared commands as `PUT /applications/:id/commands` takes them:
 * https://discord.com/developers/docs/interactions/application-commands
 */
export function applicationCommands(commands: Commands): RESTPutAPIApplicationCommandsJSONBody {
  const called = typedCommands(commands).flatMap((command) => {
    const slash = slashOf(command.name, commands);
    return slash ? [{ command, slash }] : [];
  });
  const names = new Set(called.map(({ slash }) => slash.name));
  return [
    ...[...names].map((name) =>
      slashCommand(
        name,
        called.filter(({ slash }) => slash.name === name),
      ),
    ),
    {
      name: WHOLE.name,
      description: 'Everything Convenor can do, typed as one line',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: WHOLE.option,
          description:
            'A command, then what it is about in your own words; help, if you say nothing',
        },
      ],
      ...everywhere,
    },
    { type: ApplicationCommandType.Message, name: LOG_THIS, ...everywhere },
  ];
}

/** What a filled in slash command asks for. @returns undefined for what is no command (any more). */
export function invocationOf(
  slash: Slash & { options: readonly FilledOption[] },
  commands: Commands,
): Said | undefined {
  if (slash.name === WHOLE.name) {
    const line = slash.options.find(({ name }) => name === WHOLE.option)?.value;
    return { ...readLine(`${line ?? ''}`, commands), files: {} };
  }
  const command = commandOf(slash, commands);
  if (!command) return undefined;
  const known = slash.options.filter(({ name }) => command.args[name]);
  const values = known.flatMap((option) => {
    const value = rawOf(option);
    return value === undefined ? [] : [[option.name, value] as const];
  });
  const files = known
    .filter(({ type }) => type === ApplicationCommandOptionType.Attachment)
    .map(({ name, value }) => [name, `${value}`] as const);
  return {
    command: command.name,
    args: Object.fromEntries(values),
    files: Object.fromEntries(files),
  };
}

interface Called {
  command: Command;
  slash: Slash;
}

function slashCommand(
  name: string,
  called: readonly Called[],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const [first] = called;
  if (first && first.slash.subcommand === undefined)
    return { name, ...bodyOf(first.command), ...everywhere };
  const beneath = called.map(({ command, slash }) => ({
    type: ApplicationCommandOptionType.Subcommand as const,
    name: slash.subcommand ?? '',
    ...bodyOf(command),
  }));
  const description = plainText(
    beneath.map((subcommand) => subcommand.name).join(', '),
    LONGEST_DESCRIPTION,
  );
  return { name, description, options: beneath, ...everywhere };
}

function bodyOf({ summary, args }: Command): {
  description: string;
  options: APIApplicationCommandBasicOption[];
} {
  return {
    description: plainText(summary, LONGEST_DESCRIPTION),
    options: Object.entries(args).map(([name, arg]) => optionOf(name, arg)),
  };
}
