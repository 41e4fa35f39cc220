import type { WebClient } from '@slack/web-api';
import { TIMED_OUT } from '../../../core/async/with-timeout.ts';
import { workspaceAt } from '../../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../../core/message/address.ts';
import type { Identity } from '../../../core/message/invocation.ts';
import type { Reply } from '../../../core/message/reply.ts';
import type { Failure, Outgoing, SendResult } from '../../../core/ports/platform.ts';
import { type DirectChannel, directMessages } from '../../shared/direct-messages.ts';
import { withoutEmptyFile } from '../../shared/empty-file.ts';
import { RETRY_NOW, RETRY_WHEN_UNREACHABLE_MS } from '../../shared/failure.ts';
import { earliestPostMs } from '../../shared/find-sent.ts';
import { type ReaderDeps, readerOfDelivery, workspaceOf } from '../../shared/reader-context.ts';
import { type MessageSender, sendMessage } from '../../shared/send-message.ts';
import type { Clients } from '../connection/clients.ts';
import {
  failureOf,
  isAboutChannel,
  isAlreadyGone,
  isRemoval,
  lacksScope,
  refusesToken,
  removedFailure,
} from '../connection/errors.ts';
import { messageOf, type SlackMessage } from '../render/message.ts';
import { fileUploads } from './file-uploads.ts';
import { fileBlockId, fileMessageId, fileOfMessage, findSent, metadataOf } from './find-sent.ts';

export interface MessageSenderDeps extends ReaderDeps {
  clients: Clients;
}

/** Everything that a post needs. */
interface PreparedPost extends DirectChannel {
  client: WebClient;
  message: SlackMessage;
  /** Slack's id of the uploaded file, if the message has one. */
  file: string | undefined;
}

/** Delivers messages on Slack. The id of a message is `channel/ts`; `fileMessageId` has that of one with a file. */
export function createMessageSender(deps: MessageSenderDeps): MessageSender {
  const { clients, stores } = deps;
  const direct = directMessages<Identity>(
    async ({ workspace, user }) => {
      const client = await clients.of(workspace);
      return (await client?.conversations.open({ users: user }))?.channel?.id;
    },
    ({ workspace, user }) => `${workspace}/${user}`,
  );
  const uploads = fileUploads();

  function send(message: Outgoing): Promise<SendResult> {
    const outgoing = withoutEmptyFile(message);
    const { address, partnership, reply, delivery, file } = outgoing;
    const { workspace } = workspaceOf(address);
    let client: WebClient | undefined;
    return sendMessage<PreparedPost>({
      async prepare() {
        client = await clients.of(workspace);
        if (!client) return removedFailure;
        const message = await render(reply, address, partnership);
        const target = await channelOf(address);
        const uploaded = file && (await uploads.idOf(delivery, file, client));
        return uploaded === TIMED_OUT ? RETRY_NOW : { client, message, ...target, file: uploaded };
      },
      post: (prepared) => post(outgoing, prepared),
      failureOf: (error) =>
        file && lacksScope(error) ? filesNotAllowed : deliveryFailure(error, workspace, client),
    });
  }

  async function post(
    { delivery, address, file: content }: Outgoing,
    { client, channel, isCached, message, file }: PreparedPost,
  ): Promise<SendResult> {
    try {
      if (content && file !== undefined) {
        uploads.forget(delivery);
        await client.files.completeUploadExternal({
          files: [{ id: file, title: content.name }],
          channel_id: channel,
          blocks: message.blocks.map((block, index) =>
            index === 0 ? { ...block, block_id: fileBlockId(delivery) } : block,
          ),
        });
        return { outcome: 'sent', id: fileMessageId(channel, file) };
      }
      const { ts } = await client.chat.postMessage({
        channel,
        ...message,
        unfurl_links: false,
        unfurl_media: false,
        metadata: metadataOf(delivery),
      });
      return { outcome: 'sent', id: `${channel}/${ts}` };
    } catch (error) {
      if (address.to !== 'user' || !isAboutChannel(error)) throw error;
      // The id of the direct message may be out of date. Opening it again says what is wrong.
      direct.forget(address.identity);
      return isCached ? RETRY_NOW : unreachable;
    }
  }

  async function remove(address: Address, id: string): Promise<SendResult> {
    const { workspace } = workspaceOf(address);
    const [channel = '', ts = ''] = id.split('/');
    const file = fileOfMessage(id);
    let client: WebClient | undefined;
    try {
      client = await clients.of(workspace);
      if (!client) return removedFailure;
      if (file === undefined) await client.chat.delete({ channel, ts });
      else await client.files.delete({ file });
      return { outcome: 'sent', id };
    } catch (error) {
      return isAlreadyGone(error)
        ? { outcome: 'sent', id }
        : deliveryFailure(error, workspace, client);
    }
  }

  async function edit(address: Address, id: string, reply: Reply): Promise<SendResult> {
    const ref = workspaceOf(address);
    const [channel = '', ts = ''] = id.split('/');
    if (fileOfMessage(id) !== undefined) return fileIsFinal;
    let client: WebClient | undefined;
    try {
      client = await clients.of(ref.workspace);
      const row = await workspaceAt(stores, ref);
      if (!client || !row) return removedFailure;
      const message = await render(reply, address, row.partnership);
      await client.chat.update({ channel, ts, ...message });
      return { outcome: 'sent', id };
    } catch (error) {
      return deliveryFailure(error, ref.workspace, client);
    }
  }

  /** Searches direct messages only: Convenor has no right to read channels. */
  async function findSentMessage(outgoing: Outgoing): Promise<string | undefined> {
    const { delivery, address } = outgoing;
    const client = await clients.of(workspaceOf(address).workspace);
    if (!client || address.to === 'channel') return undefined;
    const since = await earliestPostMs(outgoing, stores);
    try {
      const { channel } = await direct.channelOf(address.identity);
      return await findSent(delivery, { client, channel, since });
    } catch (error) {
      if (failureOf(error).outcome === 'permanent') return undefined;
      throw error;
    }
  }

  /** What an error means for a delivery. If Slack refuses the token, there may already be a newer one. */
  async function deliveryFailure(
    error: unknown,
    workspace: string,
    client: WebClient | undefined,
  ): Promise<Failure> {
    const hasNewToken =
      client && refusesToken(error) && (await clients.refused(workspace, client, error));
    if (hasNewToken) return RETRY_NOW;
    // The operator has to configure a new token. Until then, the delivery waits.
    const waits = clients.credentialError && !isRemoval(error);
    return waits ? { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS } : failureOf(error);
  }

  async function channelOf(address: Address): Promise<DirectChannel> {
    if (address.to === 'channel') return { channel: address.channel.channel, isCached: false };
    return direct.channelOf(address.identity);
  }

  async function render(
    reply: Reply,
    address: Address,
    partnership: string,
  ): Promise<SlackMessage> {
    return messageOf(reply, await readerOfDelivery(address, partnership, deps));
  }

  return { send, edit, remove, findSent: findSentMessage };
}

const filesNotAllowed: Failure = {
  outcome: 'permanent',
  reason:
    'I may not send files in that Slack workspace: install me there again, and allow "files:write".',
};

const fileIsFinal: Failure = {
  outcome: 'permanent',
  reason: 'On Slack, a message with a file can only be deleted.',
};

const unreachable: Failure = {
  outcome: 'permanent',
  reason: 'Slack does not let Convenor write to them.',
};
