import { ApplicationCommandType as CommandType, InteractionType as Type } from 'discord.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { type AvailableCommand, availableCommand } from './available-command.ts';
import { isFile, upload } from './files.ts';
import { fillInput, type InputValue, selectedValues } from './fill.ts';
import { type Envelope, type GatewayDelivery, newEnvelope } from './gateway-delivery.ts';
import { messageJson } from './message.ts';
import { Outcome } from './outcome.ts';
import { type ActionContext, interactionJson, interactionMetadata } from './payloads.ts';
import { sees } from './permissions.ts';
import { resolved } from './resolved.ts';
import { type OptionValue, typedOptions } from './typed-options.ts';
import { findButton, findMenu, inputsIn, requireKnownInputs, valueGiven } from './ui-actions.ts';
import type { VisibleMessage, VisibleModal } from './visible-messages.ts';
import type { Choice, Interaction, Message, Modal, World } from './world.ts';

/** What a user needs from the double. */
export interface DiscordUserDeps {
  world: World;
  delivery: GatewayDelivery;
}

/** The message types of answers to a slash command, and to a message command: https://docs.discord.com/developers/resources/message#message-object-message-types */
const ANSWERS_SLASH = 20;
const ANSWERS_MENU = 23;

/** A user in one channel. Each action resolves with the app's first answer. */
export class DiscordUser {
  readonly #deps: DiscordUserDeps;
  readonly #context: ActionContext;

  constructor(deps: DiscordUserDeps, context: ActionContext) {
    this.#deps = deps;
    this.#context = context;
  }

  /** Sends a slash command with its options, such as `slash('partner add', { name: 'Riverside Council' })`. */
  async slash(
    command: string,
    options: Readonly<Record<string, OptionValue>> = {},
  ): Promise<Outcome> {
    const available = this.#available(command);
    const typed = typedOptions(this.#deps.world, available.options, options);
    const ids = typed.map(({ value }) => textOf(value));
    const data = this.#commandData(available, typed, ids);
    const source = { command_type: CommandType.ChatInput };
    return this.#send('command', Type.ApplicationCommand, data, {
      source,
      answerKind: ANSWERS_SLASH,
    });
  }

  /** Types into an option with autocomplete. @returns the choices; a choice's `value` is what would be sent. */
  async suggest(
    command: string,
    option: string,
    typed: string,
    others: Readonly<Record<string, OptionValue>> = {},
  ): Promise<readonly Choice[]> {
    const available = this.#available(command);
    const focused = available.options.find(({ name }) => name === option);
    if (!focused?.autocomplete) throw new Error(`Discord asks nobody about "${option}".`);
    const rest = available.options.map((one) => ({ ...one, required: false }));
    const options = [
      ...typedOptions(this.#deps.world, rest, others),
      { name: option, type: focused.type, value: typed, focused: true },
    ];
    const data = this.#commandData(available, options, []);
    const outcome = await this.#send('suggestion', Type.ApplicationCommandAutocomplete, data, {});
    return outcome.choices;
  }

  /** Presses a button of a message, by its label or custom id. */
  async press(seen: VisibleMessage, name: string): Promise<Outcome> {
    return this.#useComponent(seen, findButton(seen, name), {});
  }

  /** Picks in a menu of a message (named by placeholder or custom id): an option's label, or a user, role or channel. */
  async pick(seen: VisibleMessage, menu: string, choice: InputValue): Promise<Outcome> {
    const element = findMenu(seen, menu);
    const values = selectedValues(element, choice, menu);
    const { world } = this.#deps;
    const found = resolved(world, this.#context.channel, values);
    return this.#useComponent(seen, element, { values, ...(found && { resolved: found }) });
  }

  /** Uses the app's command in a message's menu. */
  async shortcut(name: string, on: VisibleMessage): Promise<Outcome> {
    const { world } = this.#deps;
    const { command } = this.#available(name, CommandType.Message);
    const message = this.#message(on);
    const { id, type, guild_id } = command;
    const found = resolved(world, this.#context.channel, [], message);
    const data = { id, name, type, guild_id, target_id: message.id, resolved: found };
    const source = { command_type: CommandType.Message, target_message_id: message.id };
    return this.#send('command', Type.ApplicationCommand, data, {
      source,
      answerKind: ANSWERS_MENU,
    });
  }

  /** Fills in a modal, by label or custom id, and sends it. Throws when Discord's client would not send it. */
  async submit(
    seen: VisibleModal,
    filled: Readonly<Record<string, InputValue>> = {},
  ): Promise<Outcome> {
    const { world } = this.#deps;
    const modal = this.#modal(seen);
    const sent = listOf(modal.sent.components);
    const inputs = inputsIn(sent);
    requireKnownInputs(inputs, filled);
    const given = Object.fromEntries(
      Object.entries(filled).map(([name, value]) => [name, withUploads(world, value)]),
    );
    const values = new Map(
      inputs.map((one) => [one.input, fillInput(one.input, valueGiven(one, given), one.label)]),
    );
    const ids = [...values.values()].flatMap((value) => (value.values ?? []) as string[]);
    const found = resolved(world, this.#context.channel, ids);
    const data = {
      custom_id: modal.sent.custom_id,
      components: sent.map((part) => submitted(part, values)),
      ...(found && { resolved: found }),
    };
    const { message } = modal;
    const source = { triggering_interaction_metadata: modal.source };
    const outcome = await this.#send('modal', Type.ModalSubmit, data, { source, message });
    if (world.modals.get(modal.user) === modal) world.modals.delete(modal.user);
    return outcome;
  }

  /** Closes a modal. The app gets no event. */
  close(seen: VisibleModal): void {
    this.#deps.world.modals.delete(this.#modal(seen).user);
  }

  #useComponent(seen: VisibleMessage, element: Json, more: Json): Promise<Outcome> {
    const message = this.#message(seen);
    const { id, custom_id, type } = element;
    const data = { id, custom_id, component_type: type, ...more };
    const source = { interacted_message_id: message.id };
    return this.#send('component', Type.MessageComponent, data, { source, message });
  }

  async #send(
    kind: Interaction['kind'],
    type: Type,
    data: Json,
    { message, source = {}, answerKind = 0 }: Partial<Interaction>,
  ): Promise<Outcome> {
    const { world, delivery } = this.#deps;
    const context = this.#context;
    const { user, channel } = context;
    if (!world.channels.has(channel.id) || !sees(world, user.id, channel))
      throw new Error(`${user.name} does not see that channel.`);
    const fields = { data, ...(message && { message: messageJson(world, message) }) };
    const payload: Json = JSON.parse(JSON.stringify(interactionJson(world, context, type, fields)));
    const metadata = interactionMetadata(context, payload, source);
    const about = { kind, user: user.id, channel, message, source: metadata, answerKind };
    const envelope: Envelope = newEnvelope(world, payload, about);
    await delivery.deliver(envelope);
    return new Outcome(world, envelope);
  }

  #available(name: string, type?: CommandType): AvailableCommand {
    const { user, channel } = this.#context;
    return availableCommand(this.#deps.world, { user: user.id, channel }, name, type);
  }

  #commandData(
    { command, subcommands }: AvailableCommand,
    options: Json[],
    ids: readonly string[],
  ): Json {
    const { id, name, type, guild_id } = command;
    const nested = subcommands.reduceRight<Json[]>(
      (inner, step) => [{ name: step.name, type: step.type, options: inner }],
      options,
    );
    const found = resolved(this.#deps.world, this.#context.channel, ids);
    return { id, name, type, guild_id, options: nested, resolved: found };
  }

  #message(seen: VisibleMessage): Message {
    const { world } = this.#deps;
    const message = world.messages.get(seen.channel)?.find(({ id }) => id === seen.id);
    if (!message || seen.channel !== this.#context.channel.id)
      throw new Error('That message is not there.');
    if (message.only !== undefined && message.only !== this.#context.user.id)
      throw new Error(`${this.#context.user.name} does not see that message.`);
    return message;
  }

  #modal(seen: VisibleModal): Modal {
    const modal = this.#deps.world.modals.get(this.#context.user.id);
    if (modal?.id !== seen.id) throw new Error('That modal is no longer open.');
    return modal;
  }
}

/** Uploads files among the values, as Discord's client does before it sends. */
function withUploads(world: World, filled: InputValue): InputValue {
  const sent = [filled].flat().map((one) => (isFile(one) ? { id: upload(world, one) } : one));
  return Array.isArray(filled) ? sent : (sent[0] ?? '');
}

/** A part of a modal in its submission, with values instead of inputs. */
function submitted(part: Json, values: ReadonlyMap<Json, Json>): Json {
  const { type, id } = part;
  if (part.component) return { type, id, component: values.get(objectOf(part.component)) };
  if (part.components)
    return { type, id, components: listOf(part.components).map((one) => values.get(one)) };
  return { type, id };
}
