import type { WebClient } from '@slack/web-api';
import { deliveries } from '../../core/domain/deliveries/delivery.ts';
import { workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../core/message/address.ts';
import type { Reply } from '../../core/message/reply.ts';
import type { Adapter, Failure, Outgoing, SendResult } from '../../core/ports/platform.ts';
import {
  beforePost,
  PREPARE_TIMEOUT_MS,
  RETRY_NOW,
  RETRY_WHEN_UNREACHABLE_MS,
} from '../shared/post.ts';
import { type ReaderDeps, readerAt, workspaceOf } from '../shared/reader-context.ts';
import type { Clients } from './connection/clients.ts';
import { type DirectMessages, directMessages } from './direct.ts';
import { failureOf, isAboutChannel, isRemoval, refusesToken, removed } from './errors.ts';
import { findPosted, metadataOf } from './posted.ts';
import { messageOf, type SlackMessage } from './render.ts';

/** The three outbound verbs of the adapter. */
export type Delivery = Pick<Adapter, 'send' | 'edit' | 'find'>;

/** What delivering works with. */
export interface DeliveryParts extends ReaderDeps {
  clients: Clients;
}

/** All that a post needs. */
interface Ready {
  client: WebClient;
  channel: string;
  /** The channel's id was known from before, so that it may be out of date. */
  fromMemory: boolean;
  message: SlackMessage;
}

/** Sends, edits and finds what the ledger owes. The id of a message is `channel/ts`. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { clients, stores } = parts;
  const direct = directMessages();

  async function send(outgoing: Outgoing): Promise<SendResult> {
    const started = performance.now();
    const ready = await prepare(outgoing);
    if ('outcome' in ready) return ready;
    if (performance.now() - started > PREPARE_TIMEOUT_MS) return RETRY_NOW;
    return post(outgoing, ready);
  }

  /** Everything that comes before the post. Whatever fails here, nothing was posted. */
  async function prepare({ partnership, address, reply }: Outgoing): Promise<Ready | Failure> {
    const { workspace } = workspaceOf(address);
    let client: WebClient | undefined;
    try {
      client = await clients.of(workspace);
      if (!client) return removed;
      const message = await rendered(reply, address, partnership, parts);
      return { client, message, ...(await channelOf(address, client, direct)) };
    } catch (error) {
      return beforePost(await meant(error, workspace, client));
    }
  }

  async function post({ delivery, address }: Outgoing, ready: Ready): Promise<SendResult> {
    const { client, channel, fromMemory, message } = ready;
    try {
      const { ts } = await client.chat.postMessage({
        channel,
        ...message,
        unfurl_links: false,
        unfurl_media: false,
        metadata: metadataOf(delivery),
      });
      return { outcome: 'sent', id: `${channel}/${ts}` };
    } catch (error) {
      if (address.to === 'user' && isAboutChannel(error)) {
        // A person is told of by what opening the conversation anew says of them.
        direct.forget(address.identity);
        return fromMemory ? RETRY_NOW : unreachable;
      }
      return meant(error, workspaceOf(address).workspace, client);
    }
  }

  async function edit(address: Address, id: string, reply: Reply): Promise<SendResult> {
    const { workspace } = workspaceOf(address);
    const [channel = '', ts = ''] = id.split('/');
    let client: WebClient | undefined;
    try {
      client = await clients.of(workspace);
      const at = await workspaceAt(stores, { platform: 'slack', workspace });
      if (!client || !at) return removed;
      const message = await rendered(reply, address, at.partnership, parts);
      await client.chat.update({ channel, ts, ...message });
      return { outcome: 'sent', id };
    } catch (error) {
      return meant(error, workspace, client);
    }
  }

  /** Only direct messages can be read back; what stands in a channel, a person has to look for. */
  async function find({ delivery, partnership, address }: Outgoing): Promise<string | undefined> {
    const client = await clients.of(workspaceOf(address).workspace);
    if (!client || address.to === 'channel') return undefined;
    const row = await stores.forPartnership(partnership).of(deliveries).get(delivery);
    try {
      const { channel } = await channelOf(address, client, direct);
      return await findPosted(delivery, { client, channel, since: row?.createdAt });
    } catch (error) {
      if (failureOf(error).outcome === 'permanent') return undefined;
      throw error;
    }
  }

  /** What an error means; a refused token may only be an old one. */
  async function meant(
    error: unknown,
    workspace: string,
    client: WebClient | undefined,
  ): Promise<Failure> {
    const renewed =
      client && refusesToken(error) && (await clients.refused(workspace, client, error));
    if (renewed) return RETRY_NOW;
    // Whoever runs Convenor has to mend it: what is owed waits.
    const waits = clients.trouble && !isRemoval(error);
    return waits ? { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS } : failureOf(error);
  }

  return { send, edit, find };
}

const unreachable: Failure = {
  outcome: 'permanent',
  reason: 'Slack does not let Convenor write to them.',
};

async function channelOf(
  address: Address,
  client: WebClient,
  direct: DirectMessages,
): Promise<Pick<Ready, 'channel' | 'fromMemory'>> {
  if (address.to === 'channel') return { channel: address.channel.channel, fromMemory: false };
  const known = direct.known(address.identity);
  if (known !== undefined) return { channel: known, fromMemory: true };
  return { channel: await direct.open(address.identity, client), fromMemory: false };
}

/** The reply as it is read there. */
async function rendered(
  reply: Reply,
  address: Address,
  partnership: string,
  parts: DeliveryParts,
): Promise<SlackMessage> {
  return messageOf(reply, await readerAt(address, partnership, parts));
}
