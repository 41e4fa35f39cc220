import { type APIMessage, Routes } from 'discord.js';
import { replyWithPartnership } from '../../core/bot/with-partnership.ts';
import { deliveries } from '../../core/domain/deliveries/delivery.ts';
import { keepLongArgs } from '../../core/domain/kept-args/kept-args.ts';
import { workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Address } from '../../core/message/address.ts';
import type { Reply } from '../../core/message/reply.ts';
import type { Adapter, Failure, Outgoing, SendResult } from '../../core/ports/platform.ts';
import { beforePost, PREPARE_TIMEOUT_MS, RETRY_NOW } from '../shared/post.ts';
import { type ReaderDeps, readerAt, workspaceOf } from '../shared/reader-context.ts';
import { CALL_LIMIT, type Rest } from './connection/rest.ts';
import type { DirectMessages } from './direct.ts';
import { failureOf, isAboutChannel, isClosed, removed } from './errors.ts';
import type { Installs } from './install.ts';
import { findPosted, nonceOf } from './posted.ts';
import { messageOf } from './render.ts';
import { mentionOf } from './servers/mention.ts';
import type { PrivateThreads } from './servers/private-threads.ts';
import { CALL, idOf, type Place, placesOf } from './servers/whereabouts.ts';

/** The three outbound verbs of the adapter. */
export type Delivery = Pick<Adapter, 'send' | 'edit' | 'find'>;

/** What delivering works with. */
export interface DeliveryParts extends ReaderDeps {
  rest: Rest;
  direct: DirectMessages;
  threads: PrivateThreads;
  installs: Installs;
}

/** All that a post needs. */
interface Ready extends Place {
  channel: string;
  body: object;
  /** The direct message it goes to was known from before, so that it may be out of date. */
  fromMemory?: boolean;
}

/** Sends, edits and finds what the ledger owes. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { rest, direct, threads, installs, stores } = parts;

  async function send(outgoing: Outgoing): Promise<SendResult> {
    const started = performance.now();
    const first = await tryOnce(outgoing, started);
    if (first !== 'closed') return first;
    // Their direct messages are closed: nothing was posted, and there is another way.
    const second = await tryOnce(outgoing, started);
    return second === 'closed' ? RETRY_NOW : second;
  }

  async function tryOnce(outgoing: Outgoing, started: number): Promise<SendResult | 'closed'> {
    const ready = await prepare(outgoing);
    if ('outcome' in ready) return ready;
    if (performance.now() - started > PREPARE_TIMEOUT_MS) return RETRY_NOW;
    return post(outgoing, ready);
  }

  /** Everything that comes before the post. Whatever fails here, nothing was posted. */
  async function prepare(outgoing: Outgoing): Promise<Ready | Failure> {
    const { workspace } = workspaceOf(outgoing.address);
    try {
      if (await installs.isRemovedFrom(workspace)) return removed;
      return await placed(outgoing);
    } catch (error) {
      return beforePost(failureOf(error));
    }
  }

  async function placed(outgoing: Outgoing): Promise<Ready> {
    const { address, delivery, partnership } = outgoing;
    const body = () => rendered(outgoing.reply, delivery, address, partnership);
    if (address.to === 'channel') {
      const { channel } = address.channel;
      return { channel, body: await body() };
    }
    const { identity, otherwise } = address;
    const { user } = identity;
    if (!otherwise || !direct.isClosed(user)) {
      const known = direct.known(user);
      const [channel, shown] = await Promise.all([known ?? direct.open(user), body()]);
      return { channel, body: shown, fromMemory: known !== undefined };
    }
    const { channel } = otherwise.channel;
    if (otherwise.how === 'mention') {
      const reader = await readerAt(address, partnership, parts);
      return { channel, body: mentionOf(user, reader, delivery), mark: CALL };
    }
    const store = stores.forPartnership(partnership);
    return { channel: await threads.with(identity, channel, store), body: await body() };
  }

  /** @returns `closed` where a person does not take direct messages, and there is another way to them. */
  async function post(
    { delivery, address }: Outgoing,
    { channel, body, mark, fromMemory }: Ready,
  ): Promise<SendResult | 'closed'> {
    try {
      const how = { body: { ...body, ...nonceOf(delivery) }, limit: CALL_LIMIT };
      const { id } = await rest.call<APIMessage>('POST', Routes.channelMessages(channel), how);
      return { outcome: 'sent', id: idOf(channel, id, mark) };
    } catch (error) {
      if (address.to === 'user') {
        const { user } = address.identity;
        if (isClosed(error)) {
          direct.closed(user);
          if (address.otherwise) return 'closed';
        }
        if (fromMemory && isAboutChannel(error)) {
          direct.forget(user);
          return RETRY_NOW;
        }
      }
      return failureOf(error);
    }
  }

  async function edit(address: Address, id: string, reply: Reply): Promise<SendResult> {
    const [channel = '', message = '', mark] = id.split('/');
    // It only calls somebody, whatever it is about.
    if (mark === CALL) return { outcome: 'sent', id };
    try {
      const workspace = workspaceOf(address);
      const at = await workspaceAt(stores, workspace);
      if (!at || (await installs.isRemovedFrom(workspace.workspace))) return removed;
      const body = await rendered(reply, id, address, at.partnership);
      await rest.call('PATCH', Routes.channelMessage(channel, message), {
        body,
        limit: CALL_LIMIT,
      });
      return { outcome: 'sent', id };
    } catch (error) {
      return failureOf(error);
    }
  }

  async function find(outgoing: Outgoing): Promise<string | undefined> {
    const { delivery, partnership } = outgoing;
    const store = stores.forPartnership(partnership);
    const since = (await store.of(deliveries).get(delivery))?.createdAt;
    for (const place of placesOf(outgoing, parts)) {
      try {
        const { channel, mark } = await place();
        const message = channel && (await findPosted(delivery, { rest, channel, since }));
        if (message) return idOf(channel, message, mark);
      } catch (error) {
        if (failureOf(error).outcome !== 'permanent') throw error;
      }
    }
    return undefined;
  }

  /** The reply as it is read there. Direct messages are the same for all partnerships: the buttons say which one. */
  async function rendered(reply: Reply, delivery: string, address: Address, partnership: string) {
    const reader = await readerAt(address, partnership, parts);
    if (address.to === 'channel') return messageOf(reply, reader, delivery);
    const store = stores.forPartnership(partnership);
    const carried = { reply: replyWithPartnership(reply, partnership), audience: 'actor' } as const;
    const { reply: short } = await keepLongArgs(carried, store, delivery);
    return messageOf(short, reader, delivery);
  }

  return { send, edit, find };
}
