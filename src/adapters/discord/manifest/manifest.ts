import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, Commands } from '../../../core/command/command.ts';
import { ACCESS_COMMAND } from '../../../core/features/join-requests/access.ts';
import { MAX_DESCRIPTION_LENGTH } from '../render/limits.ts';
import { plainText } from '../render/plain-text.ts';
import { optionOf } from './option.ts';
import { type SlashName, slashOf, typedCommands } from './slash-name.ts';

/** The name of the command in the menu of a message. */
export const LOG_THIS = 'Log this';

/** The command that takes a whole line: `/convenor line:log the school met Jane`. */
export const WHOLE_LINE = { name: 'convenor', option: 'line' };

/**
 * Commands that Discord offers only to those who may manage the server, unless its settings say otherwise. A coordinator
 * without that permission types them to Convenor.
 */
const forManagers: ReadonlySet<string> = new Set([ACCESS_COMMAND]);

/** Commands are available on servers with Convenor, and in direct messages with it. */
const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * The declared commands as `PUT /applications/:id/commands` takes them:
 * https://discord.com/developers/docs/interactions/application-commands
 */
export function applicationCommands(commands: Commands): RESTPutAPIApplicationCommandsJSONBody {
  const named = typedCommands(commands).flatMap((command) => {
    const slash = slashOf(command.name, commands);
    return slash ? [{ command, slash }] : [];
  });
  const names = new Set(named.map(({ slash }) => slash.name));
  return [
    ...[...names].map((name) =>
      slashCommand(
        name,
        named.filter(({ slash }) => slash.name === name),
      ),
    ),
    {
      name: WHOLE_LINE.name,
      description: 'Everything Convenor can do, typed as one line',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: WHOLE_LINE.option,
          description:
            'A command, then what it is about in your own words; help, if you say nothing',
        },
      ],
      ...everywhere,
    },
    { type: ApplicationCommandType.Message, name: LOG_THIS, ...everywhere },
  ];
}

interface NamedCommand {
  command: Command;
  slash: SlashName;
}

function slashCommand(
  name: string,
  named: readonly NamedCommand[],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const [first] = named;
  if (first && first.slash.subcommand === undefined)
    return { name, ...bodyOf(first.command), ...permissionsFor(first.command), ...everywhere };
  const subcommands = named.map(({ command, slash }) => ({
    type: ApplicationCommandOptionType.Subcommand as const,
    name: slash.subcommand ?? '',
    ...bodyOf(command),
  }));
  const description = groupDescription(subcommands.map((subcommand) => subcommand.name));
  return { name, description, options: subcommands, ...everywhere };
}

/** The names of the subcommands, as many as have room. */
function groupDescription(names: readonly string[]): string {
  const all = names.join(', ');
  if (all.length <= MAX_DESCRIPTION_LENGTH) return all;
  const more = ' and more';
  const start = all.slice(0, MAX_DESCRIPTION_LENGTH - more.length);
  return `${start.slice(0, start.lastIndexOf(', '))}${more}`;
}

/** https://discord.com/developers/docs/interactions/application-commands#permissions */
function permissionsFor({ name }: Command): { default_member_permissions?: string } {
  return forManagers.has(name)
    ? { default_member_permissions: `${PermissionFlagsBits.ManageGuild}` }
    : {};
}

/** Commands that open their form when they are typed alone: it shows what else can be said. */
const WITH_FORM: ReadonlySet<string> = new Set([
  ...['log', 'setup', 'settings safeguarding', 'partner import'],
]);

function bodyOf(command: Command): {
  description: string;
  options: APIApplicationCommandBasicOption[];
} {
  const { summary, args, suggest = {} } = command;
  const required = requiredArg(command);
  const offered = Object.entries(args).filter(([, arg]) => !arg.fromButton);
  const options = offered.map(([name, arg]) => {
    const option = optionOf(name, arg, Object.hasOwn(suggest, name));
    return name === required ? { ...option, required: true } : option;
  });
  // Discord wants required options first.
  return {
    description: plainText(summary, MAX_DESCRIPTION_LENGTH),
    options: options.sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false)),
  };
}

/**
 * The arg without which a command can do nothing, if it is the only one: Discord asks for it, and suggests values. Of
 * several, none is required, since Discord would not send the command and its form could not open.
 */
function requiredArg({ name, args }: Command): string | undefined {
  const [only, ...more] = Object.keys(args).filter((arg) => args[arg]?.needed);
  return more.length > 0 || WITH_FORM.has(name) ? undefined : only;
}
