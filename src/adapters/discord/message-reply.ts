import { Routes } from 'discord.js';
import { type Alternative, tryInOrder } from '../../core/async/try-in-order.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Reply } from '../../core/message/reply.ts';
import { bold, rich } from '../../core/message/rich-text.ts';
import { clockCache } from '../shared/clock-cache.ts';
import { anonymousReader } from '../shared/reader-context.ts';
import { isClosed } from './connection/errors.ts';
import type { ChatMessage } from './input/input.ts';
import { type DiscordMessage, messageOf } from './render/message.ts';
import type { RenderedReply, ReplyClient } from './send-reply.ts';

/** The command of the button behind which an answer waits. It is not one of the bot's. */
export const OPEN_ANSWER = 'answer';

/** How long an answer waits to be opened (ms). */
const WAITING_TTL_MS = 15 * 60_000;
const MAX_WAITING = 1000;

/** Answers to messages on a server, which Discord cannot show to one person only. */
export interface MessageReplies {
  /**
   * Sends the answer to a message. What everybody may see is a reply to it. What is private goes by direct message; if
   * the user takes none, it waits behind a button, which shows it to them alone. Never throws.
   */
  send(message: ChatMessage, reply: RenderedReply): Promise<void>;
  /** The answer that waits for a user; undefined if it waits for somebody else, or no more. */
  waitingFor(user: string, message: string | undefined): DiscordMessage | undefined;
}

/** Keeps waiting answers in memory: after a restart, or in another process, the line has to be typed again. */
export function messageReplies(client: ReplyClient & { clock: Clock }): MessageReplies {
  const { rest, direct, log, clock } = client;
  const waiting = clockCache<{ user: string; message: DiscordMessage }>({
    clock,
    max: MAX_WAITING,
    ttlMs: WAITING_TTL_MS,
  });

  const post = (channel: string, body: object) =>
    rest.call('POST', Routes.channelMessages(channel), { body });

  async function sendDirectly(user: string, message: DiscordMessage): Promise<void> {
    const { channel } = await direct.channelOf(user);
    try {
      await post(channel, message);
    } catch (error) {
      if (isClosed(error)) direct.noteClosed(user);
      throw error;
    }
  }

  /** Ways to answer in the channel. Without the right to read its history, Discord takes no reply to a message. */
  function waysInChannel({ channel, id }: ChatMessage, message: DiscordMessage): Alternative[] {
    const message_reference = { message_id: id, fail_if_not_exists: false };
    return [() => post(channel, { ...message, message_reference }), () => post(channel, message)];
  }

  /** Ways to show a button that opens the answer. */
  function waysToOffer(to: ChatMessage, message: DiscordMessage): Alternative[] {
    const offer = messageOf(answerWaits(to.id), anonymousReader(clock));
    return waysInChannel(to, offer).map((way) => () => {
      waiting.set(to.id, { user: to.user, message });
      return way();
    });
  }

  function waysToSend(to: ChatMessage, { message, audience }: RenderedReply): Alternative[] {
    const { guild, channel, user } = to;
    if (guild === undefined) return [() => post(channel, message)];
    const directly = () => sendDirectly(user, message);
    if (audience === 'everyone') return [...waysInChannel(to, message), directly];
    const offers = waysToOffer(to, message);
    return direct.isClosed(user) ? offers : [directly, ...offers];
  }

  return {
    async send(to, reply) {
      await tryInOrder(waysToSend(to, reply), 'discord did not take an answer', log);
    },
    waitingFor(user, id = '') {
      const found = waiting.get(id);
      return found?.user === user ? found.message : undefined;
    },
  };
}

/** What a channel sees of a private answer that no direct message can bring. */
function answerWaits(of: string): Reply {
  return {
    text: rich`I have an answer for you. Press ${bold('Open it')}; only you will see it.`,
    card: [
      { kind: 'buttons', buttons: [{ label: 'Open it', command: OPEN_ANSWER, args: { of } }] },
    ],
  };
}

/** The answer to somebody else's press, or to a late one. */
export const nothingWaits: Reply = {
  text: rich`There is no answer for you here. If you asked me something, please type it again.`,
};
