import { ApplicationCommandType as CommandType, InteractionType as Type } from 'discord.js';
import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { isFile, upload } from './files.ts';
import { type Filled, filledIn, pickedIn } from './fill.ts';
import { type Courier, newParcel, type Parcel } from './gateway-delivery.ts';
import { messageJson } from './message.ts';
import { commandOffered, type Offered } from './offered.ts';
import { Outcome } from './outcome.ts';
import { interactionJson, type Scene, sourceOf } from './payloads.ts';
import { sees } from './permissions.ts';
import { resolved } from './resolved.ts';
import { type Given, optionsTyped } from './typed-options.ts';
import { buttonIn, givenFor, inputsIn, menuIn, needInputs } from './ui-actions.ts';
import type { SeenMessage, SeenModal } from './visible-messages.ts';
import type { Choice, Interaction, Message, Modal, World } from './world.ts';

/** What a user needs of the double. */
export interface Desk {
  world: World;
  courier: Courier;
}

/** The kinds of messages that answer a slash command, and a message's command: https://docs.discord.com/developers/resources/message#message-object-message-types */
const ANSWERS_SLASH = 20;
const ANSWERS_MENU = 23;

/** A person at Discord, in one channel. Each action resolves when the app has answered it first. */
export class DiscordUser {
  readonly #desk: Desk;
  readonly #scene: Scene;

  constructor(desk: Desk, scene: Scene) {
    this.#desk = desk;
    this.#scene = scene;
  }

  /** Sends a slash command with its options, such as `slash('partner add', { name: 'Riverside Council' })`. */
  async slash(command: string, options: Readonly<Record<string, Given>> = {}): Promise<Outcome> {
    const offered = this.#offered(command);
    const typed = optionsTyped(this.#desk.world, offered.options, options);
    const ids = typed.map(({ value }) => textOf(value));
    const data = this.#commandData(offered, typed, ids);
    const source = { command_type: CommandType.ChatInput };
    return this.#do('command', Type.ApplicationCommand, data, {
      source,
      answerKind: ANSWERS_SLASH,
    });
  }

  /** Types into an option that the app helps with; gives what is offered. A choice's `value` is what is sent. */
  async suggest(
    command: string,
    option: string,
    typed: string,
    others: Readonly<Record<string, Given>> = {},
  ): Promise<readonly Choice[]> {
    const offered = this.#offered(command);
    const focused = offered.options.find(({ name }) => name === option);
    if (!focused?.autocomplete) throw new Error(`Discord asks nobody about "${option}".`);
    const rest = offered.options.map((one) => ({ ...one, required: false }));
    const options = [
      ...optionsTyped(this.#desk.world, rest, others),
      { name: option, type: focused.type, value: typed, focused: true },
    ];
    const data = this.#commandData(offered, options, []);
    const outcome = await this.#do('suggestion', Type.ApplicationCommandAutocomplete, data, {});
    return outcome.choices;
  }

  /** Presses a button of a message, by its label or custom id. */
  async press(seen: SeenMessage, name: string): Promise<Outcome> {
    return this.#touch(seen, buttonIn(seen, name), {});
  }

  /** Picks in a menu of a message (named by placeholder or custom id): an option by its label, or whom or what. */
  async pick(seen: SeenMessage, menu: string, choice: Filled): Promise<Outcome> {
    const element = menuIn(seen, menu);
    const values = pickedIn(element, choice, menu);
    const { world } = this.#desk;
    const found = resolved(world, this.#scene.channel, values);
    return this.#touch(seen, element, { values, ...(found && { resolved: found }) });
  }

  /** Chooses the app's command from a message's menu. */
  async shortcut(name: string, on: SeenMessage): Promise<Outcome> {
    const { world } = this.#desk;
    const { command } = this.#offered(name, CommandType.Message);
    const message = this.#message(on);
    const { id, type, guild_id } = command;
    const found = resolved(world, this.#scene.channel, [], message);
    const data = { id, name, type, guild_id, target_id: message.id, resolved: found };
    const source = { command_type: CommandType.Message, target_message_id: message.id };
    return this.#do('command', Type.ApplicationCommand, data, { source, answerKind: ANSWERS_MENU });
  }

  /** Fills in a modal, by label or custom id, and sends it. Throws when Discord would not let it be sent. */
  async submit(seen: SeenModal, filled: Readonly<Record<string, Filled>> = {}): Promise<Outcome> {
    const { world } = this.#desk;
    const modal = this.#modal(seen);
    const sent = listOf(modal.sent.components);
    const inputs = inputsIn(sent);
    needInputs(inputs, filled);
    const given = Object.fromEntries(
      Object.entries(filled).map(([name, value]) => [name, sentAlong(world, value)]),
    );
    const values = new Map(
      inputs.map((one) => [one.input, filledIn(one.input, givenFor(one, given), one.label)]),
    );
    const ids = [...values.values()].flatMap((value) => (value.values ?? []) as string[]);
    const found = resolved(world, this.#scene.channel, ids);
    const data = {
      custom_id: modal.sent.custom_id,
      components: sent.map((part) => submitted(part, values)),
      ...(found && { resolved: found }),
    };
    const { message } = modal;
    const source = { triggering_interaction_metadata: modal.source };
    const outcome = await this.#do('modal', Type.ModalSubmit, data, { source, message });
    if (world.modals.get(modal.user) === modal) world.modals.delete(modal.user);
    return outcome;
  }

  /** Closes a modal; the app never hears of it. */
  close(seen: SeenModal): void {
    this.#desk.world.modals.delete(this.#modal(seen).user);
  }

  #touch(seen: SeenMessage, element: Json, more: Json): Promise<Outcome> {
    const message = this.#message(seen);
    const { id, custom_id, type } = element;
    const data = { id, custom_id, component_type: type, ...more };
    const source = { interacted_message_id: message.id };
    return this.#do('component', Type.MessageComponent, data, { source, message });
  }

  async #do(
    kind: Interaction['kind'],
    type: Type,
    data: Json,
    { message, source = {}, answerKind = 0 }: Partial<Interaction>,
  ): Promise<Outcome> {
    const { world, courier } = this.#desk;
    const scene = this.#scene;
    const { user, channel } = scene;
    if (!world.channels.has(channel.id) || !sees(world, user.id, channel))
      throw new Error(`${user.name} does not see that channel.`);
    const fields = { data, ...(message && { message: messageJson(world, message) }) };
    const payload: Json = JSON.parse(JSON.stringify(interactionJson(world, scene, type, fields)));
    const told = sourceOf(scene, payload, source);
    const about = { kind, user: user.id, channel, message, source: told, answerKind };
    const parcel: Parcel = newParcel(world, payload, about);
    await courier.deliver(parcel);
    return new Outcome(world, parcel);
  }

  #offered(name: string, type?: CommandType): Offered {
    const { user, channel } = this.#scene;
    return commandOffered(this.#desk.world, { user: user.id, channel }, name, type);
  }

  #commandData({ command, under }: Offered, options: Json[], ids: readonly string[]): Json {
    const { id, name, type, guild_id } = command;
    const nested = under.reduceRight<Json[]>(
      (inner, step) => [{ name: step.name, type: step.type, options: inner }],
      options,
    );
    const found = resolved(this.#desk.world, this.#scene.channel, ids);
    return { id, name, type, guild_id, options: nested, resolved: found };
  }

  #message(seen: SeenMessage): Message {
    const { world } = this.#desk;
    const message = world.messages.get(seen.channel)?.find(({ id }) => id === seen.id);
    if (!message || seen.channel !== this.#scene.channel.id)
      throw new Error('That message does not stand there.');
    if (message.only !== undefined && message.only !== this.#scene.user.id)
      throw new Error(`${this.#scene.user.name} does not see that message.`);
    return message;
  }

  #modal(seen: SeenModal): Modal {
    const modal = this.#desk.world.modals.get(this.#scene.user.id);
    if (modal?.id !== seen.id) throw new Error('That modal is no longer open.');
    return modal;
  }
}

/** What was filled in, with files uploaded, as Discord's client does before it sends. */
function sentAlong(world: World, filled: Filled): Filled {
  const sent = [filled].flat().map((one) => (isFile(one) ? { id: upload(world, one) } : one));
  return Array.isArray(filled) ? sent : (sent[0] ?? '');
}

/** A part of a modal as its submission has it: values in the place of what they were typed into. */
function submitted(part: Json, values: ReadonlyMap<Json, Json>): Json {
  const { type, id } = part;
  if (part.component) return { type, id, component: values.get(objectOf(part.component)) };
  if (part.components)
    return { type, id, components: listOf(part.components).map((one) => values.get(one)) };
  return { type, id };
}
