import type { WebClient } from '@slack/web-api';

/** Names the metadata by which a message is found again: https://docs.slack.dev/messaging/message-metadata */
const EVENT = 'convenor_delivery';

/** The most that Slack gives an app from outside its marketplace: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 15;

/** How many pages are read. What is further back is not looked for: it goes out again, marked as what may be a repeat. */
const MOST_PAGES = 4;

/** How far Slack's clock may be behind the store's (ms). */
const SKEW = 300_000;

/** What travels with a message: an id of ours, which tells nobody anything. */
export function metadataOf(delivery: string) {
  return { event_type: EVENT, event_payload: { delivery } };
}

/**
 * Looks for a delivery's message among those of a conversation, the newest first.
 * @returns its id (`channel/ts`), or undefined if it was not posted, or so much since that nobody can tell.
 * @throws when it cannot be told now.
 */
export async function findPosted(
  delivery: string,
  { client, channel, since }: { client: WebClient; channel: string; since: Date | undefined },
): Promise<string | undefined> {
  const oldest = since && ((since.getTime() - SKEW) / 1000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages = [], response_metadata: more } = await client.conversations.history({
      channel,
      limit: PAGE,
      include_all_metadata: true,
      ...(oldest === undefined ? {} : { oldest }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = messages.find(
      ({ metadata }) =>
        metadata?.event_type === EVENT && deliveryIn(metadata.event_payload) === delivery,
    );
    if (found) return `${channel}/${found.ts}`;
    cursor = more?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}

function deliveryIn(payload: object | undefined): unknown {
  return payload && 'delivery' in payload ? payload.delivery : undefined;
}
