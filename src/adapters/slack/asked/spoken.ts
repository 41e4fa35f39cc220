import type { Commands } from '../../../core/command/command.ts';
import type { Invocation } from '../../../core/message/invocation.ts';
import type { Bot } from '../../../core/ports/platform.ts';
import type { HeardCommand } from '../heard.ts';
import { directCommands } from '../manifest.ts';

/**
 * What a slash command asks for. `/convenor`, or whatever it is named there, takes any line; the others go straight to
 * a command: `/followup …` is `followup add …`, unless it goes on as another of that group, such as `/followup list`.
 */
export function spoken(
  { name, text }: Pick<HeardCommand, 'name' | 'text'>,
  { bot, commands }: { bot: Bot; commands: Commands },
): Pick<Invocation, 'command' | 'args'> {
  const direct = directCommands.find(({ slash }) => slash === name);
  if (!direct) return bot.read(text);
  const [group] = direct.command.split(' ');
  const read = bot.read(`${name} ${text}`);
  const isAnother = commands.has(read.command) && read.command.startsWith(`${group} `);
  return isAnother ? read : bot.read(`${direct.command} ${text}`);
}
