import { createHash } from 'node:crypto';
import { type APIMessage, Routes } from 'discord.js';
import { carries } from './components/mark.ts';
import { CALL_LIMIT, type Rest } from './connection/rest.ts';

/** https://discord.com/developers/docs/resources/message#get-channel-messages */
const PAGE = 100;

/** How many pages are read. What is further back is not looked for: it goes out again, marked as what may be a repeat. */
const MOST_PAGES = 4;

/** How far Discord's clock may be behind the store's (ms). */
const SKEW = 300_000;

/** https://discord.com/developers/docs/resources/message#create-message */
const LONGEST_NONCE = 25;

/** A delivery's own number: for some minutes Discord gives the message it has, and posts no other with the same one. */
export function nonceOf(delivery: string): { nonce: string; enforce_nonce: true } {
  const digest = createHash('sha256').update(delivery).digest('base64url');
  return { nonce: digest.slice(0, LONGEST_NONCE), enforce_nonce: true };
}

/**
 * Looks for a delivery's message among those of a channel, the newest first.
 * @returns its id, or undefined if it was not posted, or so much since that nobody can tell.
 * @throws when it cannot be told now.
 */
export async function findPosted(
  delivery: string,
  { rest, channel, since }: { rest: Rest; channel: string; since: Date | undefined },
): Promise<string | undefined> {
  const oldest = since ? since.getTime() - SKEW : 0;
  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: `${PAGE}`, ...(before === undefined ? {} : { before }) };
    const how = { query, limit: CALL_LIMIT };
    const messages = await rest.call<APIMessage[]>('GET', Routes.channelMessages(channel), how);
    const found = messages.find(({ components }) => carries(components, delivery));
    if (found) return found.id;
    const last = messages.at(-1);
    if (!last || messages.length < PAGE || Date.parse(last.timestamp) < oldest) return undefined;
    before = last.id;
  }
  return undefined;
}
