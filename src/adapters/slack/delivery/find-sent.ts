import type { WebClient } from '@slack/web-api';
import { findInHistory } from '../../shared/find-sent.ts';

/** Names the metadata that identifies a delivery's message: https://docs.slack.dev/messaging/message-metadata */
const EVENT_TYPE = 'convenor_delivery';

/** The limit for apps outside Slack's marketplace: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE_SIZE = 15;

/** A message that shares a file can have no metadata. There, the id of its first block identifies the delivery. */
const BLOCK_PREFIX = 'delivery-';

/** The id of the first block of a message that shares a file. */
export const fileBlockId = (delivery: string): string => `${BLOCK_PREFIX}${delivery}`;

/** The id of a message that shares a file: Slack does not say its timestamp when the file is shared. */
export const fileMessageId = (channel: string, file: string): string => `${channel}/file/${file}`;

/** The file in the id of a message; undefined if the message shares none. */
export function fileOfMessage(id: string): string | undefined {
  const [, kind, file] = id.split('/');
  return kind === 'file' ? file : undefined;
}

/** The metadata of a delivery's message: its id, which tells others nothing. */
export function metadataOf(delivery: string) {
  return { event_type: EVENT_TYPE, event_payload: { delivery } };
}

/**
 * Looks for a delivery's message in a conversation.
 * @param since ms since 1970. Older messages are not searched.
 * @returns the message's id (`channel/ts`, or that of `fileMessageId`); undefined if it is not among the newest messages.
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
    ({ metadata, blocks }) =>
      (metadata?.event_type === EVENT_TYPE && deliveryIn(metadata.event_payload) === delivery) ||
      blocks?.[0]?.block_id === fileBlockId(delivery),
  );
  const file = found?.files?.[0]?.id;
  if (file !== undefined) return fileMessageId(channel, file);
  return found && `${channel}/${found.ts}`;
}

function deliveryIn(payload: object | undefined): unknown {
  return payload && 'delivery' in payload ? payload.delivery : undefined;
}
