import { TIMED_OUT, withTimeout } from '../../core/async/with-timeout.ts';
import { errorFields } from '../../core/base/log.ts';
import { replyWithPartnership } from '../../core/bot/with-partnership.ts';
import { refusal } from '../../core/command/refusal.ts';
import { keepLongArgs } from '../../core/domain/kept-args/kept-args.ts';
import { type Invocation, PARTNERSHIP } from '../../core/message/invocation.ts';
import type { Reply } from '../../core/message/reply.ts';
import { bold, rich } from '../../core/message/rich-text.ts';
import { StoreError } from '../../core/ports/store.ts';
import {
  answerOrApologize,
  fileOnlyReply,
  handleInvocation,
  offerForm,
  privateReply,
  type ReadableAnswer,
} from '../shared/conversation.ts';
import { anonymousReader } from '../shared/reader-context.ts';
import type { RequestedCommand } from '../shared/request.ts';
import { argsWithFiles } from './input/attached-files.ts';
import type { ChatMessage, DiscordInput, InteractionInput, InteractionRef } from './input/input.ts';
import { messageReplies, nothingWaits, OPEN_ANSWER } from './message-reply.ts';
import { type CommandWithFiles, modalOf } from './render/form.ts';
import { messageOf } from './render/message.ts';
import { discordRequest, type RequestDeps, type SaidOnServer } from './request.ts';
import { resolveServer } from './resolve-server.ts';
import { defer, openModal, type ReplyClient, reject, sendReply } from './send-reply.ts';

/** Discord waits 3 s for the first answer: https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction */
const ANSWER_TIMEOUT_MS = 1_500;
/** For a form, which has to be the first answer. */
const FORM_TIMEOUT_MS = 2_000;

interface DiscordAnswer extends ReadableAnswer {
  /** The command, with the text of attached files in its args. */
  requested: RequestedCommand;
  /** Undefined if the bot was not asked. */
  invocation: Invocation | undefined;
}

/** The answer where Discord has left the words out. */
const roleMentionReply: Reply = {
  text: rich`I can't see what you wrote, because it mentions my role. Please mention me instead: after the @, pick the ${bold('Convenor')} with my picture.`,
};

/** Commands, and their answers. Nothing here throws. */
export interface Conversation {
  /** Runs a command and sends the answer to where it came from. If it takes long, the answer is deferred. */
  run(input: InteractionInput, command: CommandWithFiles): Promise<void>;
  /** Answers a message. */
  answer(message: ChatMessage): Promise<void>;
  /** Answers an interaction that cannot be read, or belongs to an older version. */
  rejectUnknown(interaction: InteractionRef): Promise<void>;
}

export function createConversation(deps: RequestDeps & ReplyClient): Conversation {
  const { bot, commands, stores, clock, log, direct } = deps;
  const replies = messageReplies(deps);

  /** Has the bot answer when it is the server's turn. In direct messages, each user has turns of their own. */
  async function askBot(
    input: DiscordInput,
    command: CommandWithFiles,
    said?: SaidOnServer,
  ): Promise<DiscordAnswer> {
    let requested: RequestedCommand = command;
    let invocation: Invocation | undefined;
    const answering = async () => {
      requested = { command: command.command, args: await argsWithFiles(command, input.files) };
      return bot.enqueue(input.guild ?? input.user, async () => {
        const resolved = await resolveServer(input, requested, deps);
        if ('reply' in resolved) return privateReply(resolved.reply, clock);
        const { [PARTNERSHIP]: _, ...args } = requested.args;
        invocation = await discordRequest(input, { ...requested, args }, resolved, deps, said);
        return handleInvocation(invocation, deps);
      });
    };
    const options = { event: 'discord answer failed', clock, log };
    const answered = await answerOrApologize(command.command, answering, options);
    return { ...answered, requested, invocation };
  }

  async function run(input: InteractionInput, command: CommandWithFiles): Promise<void> {
    if (command.command === OPEN_ANSWER) return openWaiting(input, command.args.of);
    const answering = askBot(input, command);
    const mayOpenForm = !input.isForm;
    const isForm = mayOpenForm && bot.mayNeedForm(command);
    const timeout = isForm ? FORM_TIMEOUT_MS : ANSWER_TIMEOUT_MS;
    const first = await withTimeout(timeout, answering);
    if (first === TIMED_OUT) {
      const audience = isForm ? 'actor' : (commands.get(command.command)?.audience ?? 'actor');
      const deferral = await defer(input, audience, deps);
      return sendReply(input, await rendered(await answering), deferral, deps);
    }
    const { answer, reader, invocation } = first;
    if (mayOpenForm && answer.form && invocation) {
      const modal = modalOf(answer.form, reader, invocation.place);
      if (await openModal(input, modal, deps)) return;
    }
    await sendReply(input, await rendered(first), 'none', deps);
  }

  async function openWaiting(input: InteractionInput, of: string | undefined): Promise<void> {
    const message =
      replies.waitingFor(input.user, of) ?? messageOf(nothingWaits, anonymousReader(clock));
    await sendReply(input, { message, replaces: false, audience: 'actor' }, 'none', deps);
  }

  async function answer(message: ChatMessage): Promise<void> {
    if (message.isFileOnly) {
      const shown = messageOf(fileOnlyReply, anonymousReader(clock));
      return replies.send(message, { message: shown, replaces: false, audience: 'actor' });
    }
    if (message.isWithheld) {
      const shown = messageOf(roleMentionReply, anonymousReader(clock));
      return replies.send(message, { message: shown, replaces: false, audience: 'everyone' });
    }
    const said = message.guild === undefined ? undefined : await saidBy(message.user);
    const command = { ...bot.parseLine(message.text), files: {} };
    const answered = await askBot(message, command, said);
    if (message.isInPassing && answered.answer.isUnclear) return;
    await replies.send(message, await rendered(answered, message));
  }

  async function saidBy(user: string): Promise<SaidOnServer> {
    const known = await direct.channelOf(user).catch((error: unknown) => {
      log.warn(errorFields(error), 'discord opens no direct message');
      return undefined;
    });
    return { direct: known?.channel };
  }

  /**
   * The answer as a message. A form, which cannot be opened any more, becomes a button that opens it.
   * @param said what it answers, if that was a message.
   */
  async function rendered(
    { answer, reader, requested, invocation }: DiscordAnswer,
    said?: ChatMessage,
  ) {
    const { form, audience } = answer;
    const reply = form ? await formOffer(requested, answer.reply, invocation) : answer.reply;
    const comesDirectly = said?.guild !== undefined && audience === 'actor';
    const shown = comesDirectly ? withOrigin(reply, said) : reply;
    return { message: messageOf(shown, reader), replaces: reply.replaces === true, audience };
  }

  /** A reply with a button that opens the form. The button's long args are kept in the store. */
  async function formOffer(
    requested: RequestedCommand,
    original: Reply,
    invocation: Invocation | undefined,
  ): Promise<Reply> {
    const reply = offerForm(requested, original);
    if (reply === original || !invocation) return reply;
    try {
      const store = stores.forPartnership(invocation.partnership);
      const kept = { store, key: invocation.key, now: clock.now(), commands };
      const { withPartnership, partnership } = invocation;
      const named = withPartnership ? replyWithPartnership(reply, partnership) : reply;
      return (await keepLongArgs({ reply: named, audience: 'actor' }, kept)).reply;
    } catch (error) {
      if (error instanceof StoreError) return refusal.storeFailed(error.trouble);
      log.error(errorFields(error), 'discord form not offered');
      return refusal.broken();
    }
  }

  return {
    run,
    answer,
    async rejectUnknown(interaction) {
      await reject(interaction, messageOf(refusal.buttonExpired(), anonymousReader(clock)), deps);
    },
  };
}

/** A private answer to a message on a server comes as a direct message: it says where it was asked. */
function withOrigin(reply: Reply, { channel }: ChatMessage): Reply {
  const asked = { channel, name: 'a channel' };
  const text = rich`You asked me in ${asked}. Only you can see this.`;
  return { ...reply, card: [...(reply.card ?? []), { kind: 'note', text }] };
}
