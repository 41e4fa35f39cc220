import type { Invocation } from '../../core/invocation.ts';
import type { Bot } from '../../core/ports.ts';
import { typedText } from './typed-text.ts';

/**
 * What a message asks for that was written to Convenor: any line, as Slack's `/convenor` takes it.
 * @param self Convenor's own user id; its mention in front is no part of the line.
 */
export function spoken(
  content: string,
  { bot, self }: { bot: Pick<Bot, 'read'>; self: string },
): Pick<Invocation, 'command' | 'args'> {
  const line = typedText(content).trim();
  const call = `<@${self}>`;
  return bot.read(line.startsWith(call) ? line.slice(call.length).replace(/^[,:]/, '') : line);
}
