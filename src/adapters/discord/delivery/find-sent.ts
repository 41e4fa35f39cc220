import { createHash } from 'node:crypto';
import { type APIMessage, Routes } from 'discord.js';
import { findInHistory } from '../../shared/find-sent.ts';
import { CALL_TIMEOUT_MS, type Rest } from '../connection/rest.ts';
import { hasDeliveryMark } from '../render/delivery-mark.ts';

/** https://discord.com/developers/docs/resources/message#get-channel-messages */
const PAGE_SIZE = 100;

/** https://discord.com/developers/docs/resources/message#create-message */
const MAX_NONCE_LENGTH = 25;

/** A number for each delivery. If it is posted again within some minutes, Discord returns the first message instead. */
export function nonceOf(delivery: string): { nonce: string; enforce_nonce: true } {
  const digest = createHash('sha256').update(delivery).digest('base64url');
  return { nonce: digest.slice(0, MAX_NONCE_LENGTH), enforce_nonce: true };
}

/**
 * Looks for a delivery's message in a channel.
 * @param message.since ms since 1970. Older messages are not searched.
 * @param message.content what a message without buttons is found by, until an edit has given it a mark.
 * @returns the message; undefined if it is not among the newest messages.
 * @throws what the call throws.
 */
export async function findSent(
  delivery: string,
  {
    rest,
    channel,
    since = 0,
    content,
  }: { rest: Rest; channel: string; since: number | undefined; content: string },
): Promise<APIMessage | undefined> {
  return findInHistory(
    async (before) => {
      const query = { limit: `${PAGE_SIZE}`, ...(before === undefined ? {} : { before }) };
      const messages = await rest.call<APIMessage[]>('GET', Routes.channelMessages(channel), {
        query,
        timeoutMs: CALL_TIMEOUT_MS,
      });
      const last = messages.at(-1);
      const isEnd = !last || messages.length < PAGE_SIZE || Date.parse(last.timestamp) < since;
      return { messages, next: isEnd ? undefined : last.id };
    },
    (message) =>
      hasDeliveryMark(message.components, delivery) ||
      (!message.components?.length && message.author.bot === true && message.content === content),
  );
}
