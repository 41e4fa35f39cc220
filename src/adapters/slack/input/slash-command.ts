import type { Commands } from '../../../core/command/command.ts';
import type { Bot } from '../../../core/ports/platform.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { directCommands } from '../manifest/manifest.ts';
import type { SlashCommand } from './input.ts';

/**
 * The command that a slash command stands for. `/convenor` (workspaces may rename it) takes any line. The others stand
 * for one command: `/followup …` is `followup add …`, unless the line names another command of that group, such as
 * `/followup list`, or asks for help.
 */
export function parseSlashCommand(
  { name, text }: Pick<SlashCommand, 'name' | 'text'>,
  { bot, commands }: { bot: Pick<Bot, 'parseLine'>; commands: Commands },
): RequestedCommand {
  const direct = directCommands.find(({ slash }) => slash === name);
  if (!direct) return bot.parseLine(text);
  const [group] = direct.command.split(' ');
  if (/^help$/i.test(text.trim())) return bot.parseLine(`help ${group}`);
  const requested = bot.parseLine(`${name} ${text}`);
  const isOther = commands.has(requested.command) && requested.command.startsWith(`${group} `);
  return isOther ? requested : bot.parseLine(`${direct.command} ${text}`);
}
