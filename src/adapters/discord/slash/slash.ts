import type { Command, Commands } from '../../../core/command/command.ts';

/** A slash command as Discord names it: `/followup add`, `/log`. */
export interface Slash {
  name: string;
  subcommand?: string | undefined;
}

/** A group takes no options itself: what its first word alone does is called so beneath it. */
const ALONE = 'show';
const ALONE_IN: Readonly<Record<string, string>> = { settings: 'change' };

/** The commands that are typed. Without an example a command only ever stands on buttons. */
export function typedCommands(commands: Commands): readonly Command[] {
  return [...commands.values()].filter(({ examples }) => examples.length > 0);
}

/** How a command is called. @returns undefined for one that only stands on buttons. */
export function slashOf(command: string, commands: Commands): Slash | undefined {
  const typed = typedCommands(commands).map(({ name }) => name);
  if (!typed.includes(command)) return undefined;
  const [name = command, subcommand] = command.split(' ');
  const isGroup = typed.some((other) => other.startsWith(`${name} `));
  if (subcommand === undefined && !isGroup) return { name };
  return { name, subcommand: subcommand ?? ALONE_IN[name] ?? ALONE };
}

/** The command that is called so. @returns undefined for what is none, such as one of an older version. */
export function commandOf({ name, subcommand }: Slash, commands: Commands): Command | undefined {
  return typedCommands(commands).find((command) => {
    const slash = slashOf(command.name, commands);
    return slash?.name === name && slash.subcommand === subcommand;
  });
}
