import type { Command, Commands } from '../../../core/command/command.ts';

/** The name of a slash command: `/followup add`, `/log`. */
export interface SlashName {
  name: string;
  subcommand?: string | undefined;
}

/**
 * What Discord shows for commands whose own names do not suit a menu: few words at the top, each with what belongs to
 * it. `/me` is one of Discord's own commands, and a group cannot be called alone:
 * https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups
 */
const SLASH_NAMES: Readonly<Record<string, string>> = {
  today: 'today',
  'today move': 'followup move-all',
  quiet: 'partner quiet',
  gaps: 'partner gaps',
  journey: 'partner journey',
  'quiet later': 'partner quiet-later',
  introduce: 'partner introduce',
  members: 'members list',
  print: 'members print',
  join: 'members join',
  coordinator: 'members coordinator',
  interests: 'members interests',
  me: 'my settings',
  'today off': 'my day-off',
  fewer: 'my fewer-messages',
  'hand back': 'my give-tasks-back',
  handover: 'members hand-over',
  link: 'my link',
  unlink: 'my unlink',
  settings: 'settings change',
  setup: 'settings set-up',
  keep: 'settings keep-notes',
  'keep list': 'settings kept-notes',
  'history settings': 'settings history',
  'workspace link': 'settings link-server',
  'partnership delete': 'settings delete-everything',
  'partnership keep': 'settings keep-everything',
  data: 'data get',
  erase: 'data erase',
  history: 'history',
  help: 'help',
};

/** What Discord shows for the first word of commands that are not listed above: `member role` is `/members role`. */
const GROUPS: Readonly<Record<string, string>> = { me: 'my', member: 'members' };

/** The subcommand for a command that is only the word of its group. */
const DEFAULT_SUBCOMMAND = 'show';

/** The commands that people type. Commands without examples are only on buttons. */
export function typedCommands(commands: Commands): readonly Command[] {
  return [...commands.values()].filter(({ examples }) => examples.length > 0);
}

/** The name of a command in Discord; undefined for a command that is only on buttons. */
export function slashOf(command: string, commands: Commands): SlashName | undefined {
  const typed = typedCommands(commands).map(({ name }) => name);
  if (!typed.includes(command)) return undefined;
  const listed = SLASH_NAMES[command];
  if (listed !== undefined) return slashName(listed);
  const [word = command, subcommand] = command.split(' ');
  // Where a word is a command without subcommands, `help me` is `/help-me`.
  if (SLASH_NAMES[word] === word) return { name: command.replaceAll(' ', '-') };
  const name = GROUPS[word] ?? word;
  const isGroup = typed.some((other) => other.startsWith(`${word} `));
  if (subcommand === undefined && !isGroup) return { name };
  return { name, subcommand: subcommand ?? DEFAULT_SUBCOMMAND };
}

function slashName(words: string): SlashName {
  const [name = words, subcommand] = words.split(' ');
  return { name, ...(subcommand !== undefined && { subcommand }) };
}

/** The command with a name in Discord; undefined if there is none, for example because an older version registered it. */
export function commandOf(slash: SlashName, commands: Commands): Command | undefined {
  const { name, subcommand } = slash;
  const typed = typedCommands(commands);
  const named = typed.find((command) => {
    const own = slashOf(command.name, commands);
    return own?.name === name && own.subcommand === subcommand;
  });
  return named ?? typed.find((command) => formerNames(slash).includes(command.name));
}

/** The subcommands that once stood for a command that is only the word of its group. */
const FORMER_DEFAULTS = ['show', 'change', 'notes'];

/** What older versions meant by a name. Discord goes on showing it for a while after an update. */
function formerNames({ name, subcommand }: SlashName): readonly string[] {
  if (subcommand === undefined) return [name.replaceAll('-', ' ')];
  return [`${name} ${subcommand}`, ...(FORMER_DEFAULTS.includes(subcommand) ? [name] : [])];
}
