import { type APIMessage, MessageFlags, Routes } from 'discord.js';
import { replyWithPartnership } from '../../../core/bot/with-partnership.ts';
import type { Commands } from '../../../core/command/command.ts';
import { keepLongArgs } from '../../../core/domain/kept-args/kept-args.ts';
import { workspaceAt } from '../../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../../core/message/address.ts';
import type { Reply } from '../../../core/message/reply.ts';
import { bold, rich } from '../../../core/message/rich-text.ts';
import type { Outgoing, SendResult } from '../../../core/ports/platform.ts';
import { withoutEmptyFile } from '../../shared/empty-file.ts';
import { RETRY_NOW } from '../../shared/failure.ts';
import { earliestPostMs } from '../../shared/find-sent.ts';
import { type ReaderDeps, readerOfDelivery, workspaceOf } from '../../shared/reader-context.ts';
import { type MessageSender, sendMessage } from '../../shared/send-message.ts';
import {
  failureOf,
  isAboutChannel,
  isAlreadyGone,
  isClosed,
  removedFailure,
} from '../connection/errors.ts';
import { CALL_TIMEOUT_MS, type Rest } from '../connection/rest.ts';
import type { Installs } from '../installing/installs.ts';
import { edited, firstPostOf, type MessageWithContent } from '../render/first-post.ts';
import { type DiscordMessage, messageOf } from '../render/message.ts';
import type { ReaderContext } from '../render/text.ts';
import { type MessageWithFile, rawFile, withFile } from './attachment.ts';
import {
  type DeliveryTarget,
  deliveryTarget,
  MENTION_ONLY,
  messageId,
  possibleTargets,
  type TargetDeps,
} from './delivery-target.ts';
import { findSent, nonceOf } from './find-sent.ts';

export interface MessageSenderDeps extends ReaderDeps, TargetDeps {
  rest: Rest;
  installs: Installs;
  commands: Commands;
}

/** What a message is on Discord: what is posted, and if that is not all, what it is edited into at once. */
interface Rendered {
  first: MessageWithContent;
  whole?: DiscordMessage | MessageWithFile;
}

/** Everything that a post needs. */
interface PreparedPost extends DeliveryTarget, Rendered {}

/** Delivers messages on Discord. See `messageId` for the ids of messages. */
export function createMessageSender(deps: MessageSenderDeps): MessageSender {
  const { rest, direct, installs, stores, clock, commands } = deps;

  function send(message: Outgoing): Promise<SendResult> {
    const outgoing = withoutEmptyFile(message);
    const { workspace } = workspaceOf(outgoing.address);
    return sendMessage<PreparedPost>({
      async prepare() {
        if (await installs.isRemovedFrom(workspace)) return removedFailure;
        const target = await deliveryTarget(outgoing, deps);
        return { ...target, ...(await renderPost(outgoing, target)) };
      },
      post: (prepared) => post(outgoing, prepared),
      failureOf,
    });
  }

  async function renderPost(
    { address, delivery, partnership, reply, file }: Outgoing,
    { mode }: DeliveryTarget,
  ): Promise<Rendered> {
    const reader = await readerOfDelivery(address, partnership, deps);
    if (address.to === 'user' && mode === MENTION_ONLY) {
      return { first: mentionMessage(address.identity.user, reader, delivery) };
    }
    const short = await shortReply(reply, delivery, address, partnership);
    const { message: first, isWhole } = firstPostOf(short, reader, delivery);
    if (isWhole) return { first };
    const whole = messageOf(short, reader, delivery);
    return { first, whole: file ? withFile(whole, file) : whole };
  }

  async function post(
    { delivery, address, file }: Outgoing,
    { channel, first, whole, mode, isCached }: PreparedPost,
  ): Promise<SendResult | 'prepare again'> {
    try {
      const { id } = await rest.call<APIMessage>('POST', Routes.channelMessages(channel), {
        body: { ...first, ...nonceOf(delivery) },
        // A mention in a channel does not say what it is about.
        ...(file && mode !== MENTION_ONLY && { files: [rawFile(file)] }),
        timeoutMs: CALL_TIMEOUT_MS,
      });
      return whole && !(await isCompleted(channel, id, whole))
        ? { outcome: 'unknown' }
        : { outcome: 'sent', id: messageId(channel, id, mode) };
    } catch (error) {
      if (address.to !== 'user') throw error;
      const { user } = address.identity;
      if (isClosed(error)) {
        direct.noteClosed(user);
        if (address.fallback) return 'prepare again';
      }
      if (!isCached || !isAboutChannel(error)) throw error;
      // The id of the direct message may be out of date. Opening it again says what is wrong.
      direct.forget(user);
      return RETRY_NOW;
    }
  }

  /**
   * Edits a posted message into all of it. A first sentence is never posted twice: if the edit fails, the delivery is
   * unknown, and `findSent` finds the message and edits it.
   * @returns whether that was done, or can never be.
   */
  async function isCompleted(channel: string, id: string, whole: NonNullable<Rendered['whole']>) {
    try {
      await rest.call('PATCH', Routes.channelMessage(channel, id), {
        body: edited(whole),
        timeoutMs: CALL_TIMEOUT_MS,
      });
      return true;
    } catch (error) {
      return failureOf(error).outcome === 'permanent';
    }
  }

  async function edit(address: Address, id: string, reply: Reply): Promise<SendResult> {
    const [channel = '', message = '', mode] = id.split('/');
    // A mention says nothing that could change.
    if (mode === MENTION_ONLY) return { outcome: 'sent', id };
    try {
      const ref = workspaceOf(address);
      const row = await workspaceAt(stores, ref);
      if (!row || (await installs.isRemovedFrom(ref.workspace))) return removedFailure;
      const reader = await readerOfDelivery(address, row.partnership, deps);
      const short = await shortReply(reply, id, address, row.partnership);
      await rest.call('PATCH', Routes.channelMessage(channel, message), {
        body: edited(messageOf(short, reader, id)),
        timeoutMs: CALL_TIMEOUT_MS,
      });
      return { outcome: 'sent', id };
    } catch (error) {
      return failureOf(error);
    }
  }

  async function remove(address: Address, id: string): Promise<SendResult> {
    const [channel = '', message = ''] = id.split('/');
    try {
      if (await installs.isRemovedFrom(workspaceOf(address).workspace)) return removedFailure;
      const timeoutMs = CALL_TIMEOUT_MS;
      await rest.call('DELETE', Routes.channelMessage(channel, message), { timeoutMs });
      return { outcome: 'sent', id };
    } catch (error) {
      return isAlreadyGone(error) ? { outcome: 'sent', id } : failureOf(error);
    }
  }

  async function findSentMessage(outgoing: Outgoing): Promise<string | undefined> {
    const { delivery } = outgoing;
    const since = await earliestPostMs(outgoing, stores);
    for (const findTarget of possibleTargets(outgoing, deps)) {
      try {
        const { channel, mode } = await findTarget();
        if (!channel) continue;
        const { first, whole } = await renderPost(outgoing, {
          channel,
          isCached: false,
          ...(mode && { mode }),
        });
        const { content } = first;
        const found = await findSent(delivery, { rest, channel, since, content });
        if (!found) continue;
        const isFirstOnly = !((found.flags ?? 0) & MessageFlags.IsComponentsV2);
        if (whole && isFirstOnly && !(await isCompleted(channel, found.id, whole)))
          throw new Error('The message is there, but not all of it yet.');
        return messageId(channel, found.id, mode);
      } catch (error) {
        if (failureOf(error).outcome !== 'permanent') throw error;
      }
    }
    return undefined;
  }

  /** @param key identifies the message: its delivery, or the id of the message that it replaces. */
  async function shortReply(
    reply: Reply,
    key: string,
    address: Address,
    partnership: string,
  ): Promise<Reply> {
    if (address.to === 'channel') return reply;
    // All partnerships of a person use the same direct message, so the buttons say which one it is.
    const answer = { reply: replyWithPartnership(reply, partnership), audience: 'actor' } as const;
    const store = stores.forPartnership(partnership);
    return (await keepLongArgs(answer, { store, key, now: clock.now(), commands })).reply;
  }

  return { send, edit, remove, findSent: findSentMessage };
}

/** What a channel sees if somebody's direct messages are closed. It does not say what the message is about. */
const somethingWaits: Reply = {
  text: rich`There's something for you. Press ${bold('Show me')}; only you will see it.`,
  card: [{ kind: 'buttons', buttons: [{ label: 'Show me', command: 'today', args: {} }] }],
};

/** A message that mentions one user, who gets a notification. */
function mentionMessage(user: string, reader: ReaderContext, delivery: string): MessageWithContent {
  const { message } = firstPostOf(somethingWaits, reader, delivery);
  return {
    ...message,
    content: `<@${user}> ${message.content}`,
    allowed_mentions: { parse: [], users: [user] },
  };
}
