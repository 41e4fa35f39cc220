import { GatewayDispatchEvents, InteractionType } from 'discord.js';
import { backgroundTasks } from '../../core/async/background-tasks.ts';
import { dedupe } from '../../core/async/dedupe.ts';
import { retry } from '../../core/async/retry.ts';
import { errorFields } from '../../core/base/log.ts';
import type { Commands } from '../../core/command/command.ts';
import { logMessageCommand } from '../shared/log-this.ts';
import type { RequestedCommand } from '../shared/request.ts';
import { suggest } from './autocomplete.ts';
import { retryOptions } from './connection/errors.ts';
import { createConversation } from './conversation.ts';
import { sayHello } from './hello.ts';
import type { InteractionInput, InteractionRef } from './input/input.ts';
import { ready, type ServerData, server } from './input/payloads.ts';
import {
  readAutocomplete,
  readButtonPress,
  readFormSubmission,
  readInteraction,
  readMessage,
  readShortcut,
  readSlashCommand,
} from './input/read-payload.ts';
import { parseSlashCommand } from './input/slash-command.ts';
import { LOG_THIS } from './manifest/manifest.ts';
import { commandOfPress } from './render/button.ts';
import { type CommandWithFiles, readForm } from './render/form.ts';
import type { RequestDeps } from './request.ts';
import { type ReplyClient, sendSuggestions } from './send-reply.ts';

export interface ListenDeps extends RequestDeps, ReplyClient {
  log: RequestDeps['log'];
}

export interface Listener {
  /** Handles an event of the gateway. Returns at once, and never throws. */
  onDispatch(event: { t: string; d: unknown }): void;
  /** Ends listening, and waits for some seconds until everybody has their answer. */
  stop(): Promise<void>;
}

/** Dispatches everything that the gateway receives. */
export function listen(deps: ListenDeps): Listener {
  const { installs, commands, users, log } = deps;
  const conversation = createConversation(deps);
  const { run: once } = dedupe();
  const tasks = backgroundTasks('discord answer failed', log);
  let isStopped = false;
  /** The id of Convenor's own user. */
  let bot: string | undefined;
  /** The role that Discord made for it, by server. */
  const ownRoles = new Map<string, string>();
  let lastNote: Promise<unknown> = Promise.resolve();

  /** Notes changes of servers one after the other, so that joining again is not noted before leaving. */
  function note(work: () => Promise<void>): void {
    const retrying = () => retry(work, retryOptions({ isCancelled: () => isStopped, log }));
    lastNote = lastNote
      .then(retrying)
      .catch((error: unknown) => log.error(errorFields(error), 'discord server not noted'));
  }

  async function joined(data: ServerData): Promise<void> {
    await installs.joined(data);
    if (await installs.mayGreet(data)) tasks.add(sayHello(data, deps));
  }

  function onDispatch({ t, d }: { t: string; d: unknown }): void {
    switch (t) {
      case GatewayDispatchEvents.InteractionCreate: {
        const interaction = readInteraction(d);
        if (interaction) tasks.add(once(interaction.id, () => onInteraction(d, interaction)));
        return;
      }
      case GatewayDispatchEvents.MessageCreate: {
        const message =
          bot === undefined ? undefined : readMessage(d, bot, (guild) => ownRoles.get(guild));
        if (message) tasks.add(once(message.key, () => conversation.answer(message)));
        return;
      }
      case GatewayDispatchEvents.Ready: {
        const { data } = ready.safeParse(d);
        if (!data) return;
        bot = data.user.id;
        const servers = data.guilds.map(({ id }) => id);
        note(() => installs.present(servers, data.shard));
        return;
      }
      case GatewayDispatchEvents.GuildCreate:
      case GatewayDispatchEvents.GuildDelete: {
        const { data } = server.safeParse(d);
        if (!data || data.unavailable) return;
        const role = data.roles.find(
          ({ tags }) => tags?.bot_id !== undefined && tags.bot_id === bot,
        );
        if (role) ownRoles.set(data.id, role.id);
        else ownRoles.delete(data.id);
        note(() =>
          t === GatewayDispatchEvents.GuildCreate ? joined(data) : installs.removed(data.id),
        );
      }
    }
  }

  async function onInteraction(
    data: unknown,
    interaction: InteractionRef & { type: number },
  ): Promise<void> {
    const request = readRequest(data, commands);
    if (request) {
      rememberUsers(request.input);
      return conversation.run(request.input, request.command);
    }
    switch (interaction.type) {
      case InteractionType.ApplicationCommandAutocomplete: {
        const input = readAutocomplete(data);
        if (input) rememberUsers(input);
        return sendSuggestions(interaction, input ? await suggest(input, deps) : [], deps);
      }
      case InteractionType.ApplicationCommand:
      case InteractionType.MessageComponent:
      case InteractionType.ModalSubmit:
        return conversation.rejectUnknown(interaction);
    }
  }

  function rememberUsers({ guild, users: sent }: InteractionInput): void {
    if (guild !== undefined) users.remember(guild, sent);
  }

  return {
    onDispatch,
    async stop() {
      isStopped = true;
      await tasks.drain();
    },
  };
}

/** The command of an interaction; undefined if it cannot be read, or belongs to an older version of Convenor. */
function readRequest(
  data: unknown,
  commands: Commands,
): { input: InteractionInput; command: CommandWithFiles } | undefined {
  const slash = readSlashCommand(data);
  if (slash) return withInput(slash, parseSlashCommand(slash.slash, commands));
  const press = readButtonPress(data);
  if (press) return withInput(press, commandOfPress(press.pressed));
  const submission = readFormSubmission(data);
  if (submission) return withInput(submission, readForm(submission.modal));
  const shortcut = readShortcut(data);
  if (shortcut?.name !== LOG_THIS) return undefined;
  return withInput(shortcut, logMessageCommand(shortcut.message));
}

function withInput(input: InteractionInput, command: RequestedCommand | undefined) {
  return command && { input, command: { files: {}, ...command } };
}
