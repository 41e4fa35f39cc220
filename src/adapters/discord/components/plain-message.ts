import type { Clock } from '../../../core/base/clock.ts';
import type { Reply } from '../../../core/message/reply.ts';
import { type DiscordMessage, messageOf } from '../render.ts';

/** A reply to somebody of whom nothing is known. */
export function plainMessage(reply: Reply, clock: Clock): DiscordMessage {
  const nothing = () => undefined;
  return messageOf(reply, { zone: 'UTC', now: clock.now(), userOf: nothing, nameOf: nothing });
}
