import type { Command, Commands } from '../../../core/command/command.ts';

/** The name of a slash command: `/followup add`, `/log`. */
export interface SlashName {
  name: string;
  subcommand?: string | undefined;
}

/** A group has no options of its own. A command that is only the group's word becomes this subcommand. */
const DEFAULT_SUBCOMMAND = 'show';
const DEFAULT_SUBCOMMANDS: Readonly<Record<string, string>> = { settings: 'change', keep: 'notes' };

/** The commands that people type. Commands without examples are only on buttons. */
export function typedCommands(commands: Commands): readonly Command[] {
  return [...commands.values()].filter(({ examples }) => examples.length > 0);
}

/** These stay commands of their own, since they are used alone: `me interest` is `/me-interest`. */
const WITHOUT_SUBCOMMANDS: readonly string[] = ['me', 'help'];

/** The name of a command in Discord; undefined for a command that is only on buttons. */
export function slashOf(command: string, commands: Commands): SlashName | undefined {
  const typed = typedCommands(commands).map(({ name }) => name);
  if (!typed.includes(command)) return undefined;
  const [name = command, subcommand] = command.split(' ');
  if (WITHOUT_SUBCOMMANDS.includes(name)) return { name: command.replaceAll(' ', '-') };
  const isGroup = typed.some((other) => other.startsWith(`${name} `));
  if (subcommand === undefined && !isGroup) return { name };
  return { name, subcommand: subcommand ?? DEFAULT_SUBCOMMANDS[name] ?? DEFAULT_SUBCOMMAND };
}

/** The command with a name in Discord; undefined if there is none, for example because an older version registered it. */
export function commandOf(
  { name, subcommand }: SlashName,
  commands: Commands,
): Command | undefined {
  return typedCommands(commands).find((command) => {
    const slash = slashOf(command.name, commands);
    return slash?.name === name && slash.subcommand === subcommand;
  });
}
