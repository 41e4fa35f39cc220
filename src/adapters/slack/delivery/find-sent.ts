import type { WebClient } from '@slack/web-api';
import { findInHistory } from '../../shared/find-sent.ts';

/** Names the metadata that identifies a delivery's message: https://docs.slack.dev/messaging/message-metadata */
const EVENT_TYPE = 'convenor_delivery';

/** The limit for apps outside Slack's marketplace: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE_SIZE = 15;

/** The metadata of a delivery's message: its id, which tells others nothing. */
export function metadataOf(delivery: string) {
  return { event_type: EVENT_TYPE, event_payload: { delivery } };
}

/**
 * Looks for a delivery's message in a conversation.
 * @param since ms since 1970. Older messages are not searched.
 * @returns the message's id (`channel/ts`); undefined if it is not among the newest messages.
 * @throws what the client throws.
 */
export async function findSent(
  delivery: string,
  { client, channel, since }: { client: WebClient; channel: string; since: number | undefined },
): Promise<string | undefined> {
  const found = await findInHistory(
    async (cursor) => {
      const { messages = [], response_metadata: metadata } = await client.conversations.history({
        channel,
        limit: PAGE_SIZE,
        include_all_metadata: true,
        ...(since === undefined ? {} : { oldest: (since / 1000).toFixed(6) }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { messages, next: metadata?.next_cursor || undefined };
    },
    ({ metadata }) =>
      metadata?.event_type === EVENT_TYPE && deliveryIn(metadata.event_payload) === delivery,
  );
  return found && `${channel}/${found.ts}`;
}

function deliveryIn(payload: object | undefined): unknown {
  return payload && 'delivery' in payload ? payload.delivery : undefined;
}
