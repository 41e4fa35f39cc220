import type { Commands } from '../../core/command.ts';
import type { Invocation } from '../../core/invocation.ts';
import type { Bot } from '../../core/ports.ts';
import type { HeardCommand } from './receive.ts';

/**
 * What a slash command asks for. The one of the whole bot takes any line; another goes straight to the command of its
 * name: `/log …` is `log …`, and `/followup …` is `followup add …`, unless it goes on like another of that group.
 */
export function spoken(
  { name, text }: Pick<HeardCommand, 'name' | 'text'>,
  { bot, commands, command }: { bot: Bot; commands: Commands; command: string },
): Pick<Invocation, 'command' | 'args'> {
  if (name === command) return bot.read(text);
  const word = name.slice(1);
  const read = bot.read(`${word} ${text}`);
  const adding = `${word} add`;
  const isGroup = !commands.has(word) && commands.has(adding);
  return isGroup && !read.command.startsWith(`${word} `) ? bot.read(`${adding} ${text}`) : read;
}
