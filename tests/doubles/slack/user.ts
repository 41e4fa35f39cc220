import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { optionsProblem } from './blocks.ts';
import { fillInput, type InputValue, isEmpty } from './fill.ts';
import type { Ack, HttpDelivery, Kind } from './http-delivery.ts';
import type { ManifestRules } from './manifest-rules.ts';
import { Outcome } from './outcome.ts';
import * as payloads from './payloads.ts';
import { answerInAck, type ResponseUrl } from './response-url.ts';
import { afterSubmit } from './submission.ts';
import {
  elementKey,
  findElement,
  type InputStates,
  inputsOf,
  isExternal,
  type LocatedElement,
  type VisibleSurface,
  valuesOf,
} from './ui-actions.ts';
import {
  labelOf,
  type VisibleMessage,
  type VisibleView,
  visibleMessage,
  visibleView,
} from './visible-messages.ts';
import { fileJson } from './web-api/files.ts';
import { homeKey, type Message, type View, type World } from './world.ts';
import { messageEvent, type WrittenMessage, write } from './written-message.ts';

/** What a user needs from the double. */
export interface SlackUserDeps {
  world: World;
  delivery: HttpDelivery;
  allowed: ManifestRules;
  /** The address of the double. */
  url: string;
  /** Makes a response URL. @returns its address. */
  responseUrl(to: ResponseUrl): string;
  violation(words: string): void;
}

/** A user in one channel. Each action resolves when the app has acknowledged it. */
export class SlackUser {
  readonly #deps: SlackUserDeps;
  readonly #context: payloads.ActionContext;

  constructor(deps: SlackUserDeps, context: payloads.ActionContext) {
    this.#deps = deps;
    this.#context = context;
  }

  /** Types a slash command, such as `slash('/convenor', 'help')`. */
  async slash(command: string, text = ''): Promise<Outcome> {
    const { world, allowed } = this.#deps;
    const { user, team } = this.#context;
    allowed.command(command);
    const home = world.teams.get(user.team);
    if (user.team !== team.id && (!home?.enterprise || home.enterprise !== team.enterprise))
      throw new Error(`Slack offers ${command} in ${team.name} to its own people only.`);
    return this.#send('slash_commands', payloads.slash(world, this.#context, command, text));
  }

  /** Presses a button of a message, a modal or the Home; in a modal with the inputs that are filled in. */
  async press(
    seen: VisibleSurface,
    button: string,
    filled?: Record<string, InputValue>,
  ): Promise<Outcome> {
    const located = findElement(seen, 'button', button);
    const { text, value, style, url } = located.element;
    const typed = await this.#inputStates(seen, filled);
    return this.#useElement(seen, located, { type: 'button', text, value, style, url }, typed);
  }

  /**
   * Picks in a menu (named by action id, placeholder or label): an option by its label, a day, a time, a user's id.
   */
  async pick(seen: VisibleSurface, menu: string, choice: InputValue): Promise<Outcome> {
    const located = findElement(seen, 'menu', menu);
    const value = await this.#stateOf(seen, located, choice);
    return this.#useElement(seen, located, value, new Map([[elementKey(located), value]]));
  }

  /** Types into a menu that asks the app for options. @returns their labels. */
  async suggest(seen: VisibleSurface, menu: string, typed: string): Promise<string[]> {
    return (await this.#requestOptions(seen, findElement(seen, 'menu', menu), typed)).map(labelOf);
  }

  /** Uses the app's shortcut in a message's menu. */
  async shortcut(callback: string, on: VisibleMessage): Promise<Outcome> {
    this.#deps.allowed.shortcut(callback, 'message');
    const message = this.#message(on);
    const payload = payloads.messageShortcut(this.#deps.world, this.#context, callback, message);
    return this.#send('interactive', payload, message);
  }

  /** Uses one of the app's shortcuts beside the box where one writes. Slack does not tell where. */
  async globalShortcut(callback: string): Promise<Outcome> {
    this.#deps.allowed.shortcut(callback, 'global');
    const payload = payloads.globalShortcut(this.#deps.world, this.#context, callback);
    return this.#send('interactive', payload, 'view');
  }

  /** Fills in a modal, by label, block id or action id, and sends it. */
  async submit(seen: VisibleView, filled: Record<string, InputValue> = {}): Promise<Outcome> {
    const view = this.#view(seen);
    const blocks = listOf(view.sent.blocks);
    const typed = await this.#inputStates(visibleView(view), filled);
    const values = valuesOf(blocks, typed);
    const errors = missing(blocks, values);
    if (errors) return Outcome.unsent(this.#deps.world, { errors });
    const payload = payloads.submittedView(this.#deps.world, this.#context, view, values);
    const outcome = await this.#send('interactive', payload, 'view');
    afterSubmit(this.#deps, view, outcome.body);
    return outcome;
  }

  /** Closes the top modal. */
  async close(seen: VisibleView): Promise<void> {
    const { world, delivery } = this.#deps;
    const view = this.#view(seen);
    const stack = world.modals.get(view.user) ?? [];
    world.modals.set(view.user, view.sent.clear_on_close ? [] : stack.slice(0, -1));
    if (!view.sent.notify_on_close) return;
    const payload = payloads.closedView(world, this.#context, view);
    await delivery.deliver({ kind: 'interactive', payload });
  }

  /** Writes a message. The app hears of it in their direct conversation, or if it mentions the app. */
  async write(text: string, given: WrittenMessage = {}): Promise<VisibleMessage> {
    const { world, delivery, allowed } = this.#deps;
    const { user, channel, team, app } = this.#context;
    const message = write(world, { user, channel }, text, given);
    const told = messageEvent(world, message, { channel, app });
    if (told && allowed.subscribed(told.subscription) && app.scopes.has(told.scope)) {
      const payload = payloads.event(world, team, app, told.event);
      await delivery.deliver({ kind: 'events_api', payload });
    }
    return visibleMessage(message, world);
  }

  /** Opens the app's Home. */
  openHome(): Promise<Ack> {
    const { world, delivery, allowed } = this.#deps;
    const { user, team, app } = this.#context;
    allowed.home();
    if (!allowed.subscribed('app_home_opened'))
      throw new Error('The manifest does not subscribe to app_home_opened.');
    const home = world.homes.get(homeKey(team.id, user.id));
    const payload = payloads.event(world, team, app, {
      type: 'app_home_opened',
      user: user.id,
      channel: payloads.actionContext(world, user).channel.id,
      tab: 'home',
      ...(home && { view: payloads.viewIn(world, this.#context, home) }),
    });
    return delivery.deliver({ kind: 'events_api', payload });
  }

  #useElement(
    seen: VisibleSurface,
    located: LocatedElement,
    value: Json,
    typed: InputStates,
  ): Promise<Outcome> {
    const action = {
      ...JSON.parse(JSON.stringify(value)),
      action_id: located.element.action_id,
      block_id: located.block.block_id,
      action_ts: this.#deps.world.ts(),
    };
    const payload = { ...this.#basePayload(seen, typed), actions: [action] };
    return this.#send('interactive', payload, seen.kind === 'view' ? 'view' : this.#message(seen));
  }

  /** A block_actions payload, still without the action. */
  #basePayload(seen: VisibleSurface, typed: InputStates): Json {
    const { world } = this.#deps;
    const values = valuesOf(seen.blocks, typed);
    return seen.kind === 'view'
      ? payloads.pressedView(world, this.#context, this.#view(seen), values)
      : payloads.pressedMessage(world, this.#context, this.#message(seen), values);
  }

  async #inputStates(
    seen: VisibleSurface,
    filled: Record<string, InputValue> = {},
  ): Promise<InputStates> {
    const typed = new Map<string, Json>();
    for (const { located, given } of inputsOf(seen.blocks, filled))
      if (given !== undefined)
        typed.set(elementKey(located), await this.#stateOf(seen, located, given));
    return typed;
  }

  /** The state of an element with this value. An external menu is searched first. */
  async #stateOf(seen: VisibleSurface, located: LocatedElement, choice: InputValue): Promise<Json> {
    const state = isExternal(located) ? undefined : fillInput(located.element, choice);
    if (state?.type === 'file_input') return { ...state, files: this.#files(listOf(state.files)) };
    if (state) return state;
    const words = typeof choice === 'string' ? [choice] : choice;
    const offered = await Promise.all(
      words.map((word) => this.#requestOptions(seen, located, word)),
    );
    return fillInput(located.element, choice, offered.flat());
  }

  /** Files that were chosen, as payloads carry them. */
  #files(chosen: Json[]): Json[] {
    const { world, url } = this.#deps;
    return chosen.map(({ id }) => {
      const file = world.files.get(textOf(id));
      if (!file) throw new Error(`There is no file ${id}.`);
      return fileJson(file, url);
    });
  }

  /** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
  async #requestOptions(
    seen: VisibleSurface,
    located: LocatedElement,
    typed: string,
  ): Promise<Json[]> {
    const { delivery, violation, allowed } = this.#deps;
    const { block, element } = located;
    allowed.suggestions();
    const min = Number(element.min_query_length ?? 3);
    if (typed.length < min) throw new Error(`Slack asks the app from ${min} letters on.`);
    const { state, trigger_id, ...place } = this.#basePayload(seen, new Map());
    const asked = { action_id: element.action_id, block_id: block.block_id, value: typed };
    const payload = { ...place, type: 'block_suggestion', ...asked };
    const { body } = await delivery.deliver({ kind: 'interactive', payload });
    const problem = optionsProblem(body);
    if (problem) violation(`options for ${element.action_id}: ${problem}`);
    const groups = listOf(objectOf(body).option_groups).flatMap((group) => listOf(group.options));
    return [...listOf(objectOf(body).options), ...groups];
  }

  async #send(kind: Kind, payload: Json, on?: Message | 'view'): Promise<Outcome> {
    const { world, delivery, responseUrl, allowed } = this.#deps;
    const { user, team, channel, app } = this.#context;
    if (kind === 'interactive') allowed.interactive();
    if (user.deleted) throw new Error(`${user.name} is no longer there.`);
    if (channel.kind !== 'public' && !channel.members.has(user.id))
      throw new Error(`${user.name} does not see that channel.`);
    const trigger = { id: `${world.id('')}.${team.id}`, user: user.id, team: team.id };
    world.triggers.set(trigger.id, { ...trigger, at: world.now(), used: false });
    const message = on === 'view' ? undefined : on;
    const fresh = { uses: 0, at: world.now(), answers: [] };
    const to: ResponseUrl = { channel: channel.id, user: user.id, message, bot: app, ...fresh };
    const answers = on === 'view' ? {} : { response_url: responseUrl(to) };
    const sent = { ...payload, trigger_id: trigger.id, ...answers };
    const ack = await delivery.deliver({ kind, payload: sent });
    if (kind === 'slash_commands') answerInAck(this.#deps, to, ack.body);
    return new Outcome(world, ack, to, trigger.id);
  }

  #message(seen: VisibleMessage): Message {
    const all = this.#deps.world.messages.get(seen.channel) ?? [];
    const message = all.find((one) => one.ts === seen.ts);
    if (!message) throw new Error('That message is no longer there.');
    return message;
  }

  #view(seen: VisibleView): View {
    const { world } = this.#deps;
    const views = [...(world.modals.get(this.#context.user.id) ?? []), ...world.homes.values()];
    const view = views.find((one) => one.id === seen.id);
    if (!view) throw new Error('That view is no longer open.');
    return view;
  }
}

/** Slack's own errors for required inputs that are empty. */
function missing(blocks: Json[], values: Record<string, Record<string, Json>>) {
  const empty = blocks
    .filter((block) => block.type === 'input' && block.optional !== true)
    .map((block) => textOf(block.block_id))
    .filter((id) => Object.values(values[id] ?? {}).some(isEmpty));
  if (!empty.length) return undefined;
  return Object.fromEntries(empty.map((id) => [id, 'Please complete this required field.']));
}
