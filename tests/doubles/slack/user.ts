import { type Json, listOf, objectOf, textOf } from '../json.ts';
import { optionsMisfit } from './blocks.ts';
import type { Declared } from './declared.ts';
import { type Filled, filledIn, isEmpty } from './fill.ts';
import type { Ack, Courier, Kind } from './http-delivery.ts';
import { Outcome } from './outcome.ts';
import * as payloads from './payloads.ts';
import { type ResponseUrl, said } from './response-url.ts';
import { afterSubmit } from './submission.ts';
import {
  findIn,
  inputsOf,
  isExternal,
  keyOf,
  type Seen,
  type Touched,
  type Typed,
  valuesOf,
} from './ui-actions.ts';
import { labelOf, type SeenMessage, type SeenView, viewSeen } from './visible-messages.ts';
import { homeKey, type Message, type View, type World } from './world.ts';

/** What a user needs of the double. */
export interface Desk {
  world: World;
  courier: Courier;
  allowed: Declared;
  /** Makes a response URL and gives its address. */
  responseUrl(to: ResponseUrl): string;
  violation(words: string): void;
}

/** A person at Slack, in one channel. Each action resolves when the app has acknowledged it. */
export class SlackUser {
  readonly #desk: Desk;
  readonly #scene: payloads.Scene;

  constructor(desk: Desk, scene: payloads.Scene) {
    this.#desk = desk;
    this.#scene = scene;
  }

  /** Types a slash command, such as `slash('/convenor', 'help')`. */
  async slash(command: string, text = ''): Promise<Outcome> {
    const { world, allowed } = this.#desk;
    const { user, team } = this.#scene;
    allowed.command(command);
    const home = world.teams.get(user.team);
    if (user.team !== team.id && (!home?.enterprise || home.enterprise !== team.enterprise))
      throw new Error(`Slack offers ${command} in ${team.name} to its own people only.`);
    return this.#do('slash_commands', payloads.slash(world, this.#scene, command, text));
  }

  /** Presses a button of a message, a modal or the Home; in a modal with its inputs filled in so far. */
  async press(seen: Seen, button: string, filled?: Record<string, Filled>): Promise<Outcome> {
    const touched = findIn(seen, 'button', button);
    const { text, value, style, url } = touched.element;
    const typed = await this.#typed(seen, filled);
    return this.#act(seen, touched, { type: 'button', text, value, style, url }, typed);
  }

  /**
   * Picks in a menu (named by action id, placeholder or label): an option by its label, a day, a time, a user's id.
   */
  async pick(seen: Seen, menu: string, choice: Filled): Promise<Outcome> {
    const touched = findIn(seen, 'menu', menu);
    const value = await this.#value(seen, touched, choice);
    return this.#act(seen, touched, value, new Map([[keyOf(touched), value]]));
  }

  /** Types into a menu that asks the app for its options; gives their labels. */
  async suggest(seen: Seen, menu: string, typed: string): Promise<string[]> {
    return (await this.#ask(seen, findIn(seen, 'menu', menu), typed)).map(labelOf);
  }

  /** Chooses the app's shortcut from a message's menu. */
  async shortcut(callback: string, on: SeenMessage): Promise<Outcome> {
    this.#desk.allowed.shortcut(callback);
    const message = this.#message(on);
    const payload = payloads.messageShortcut(this.#desk.world, this.#scene, callback, message);
    return this.#do('interactive', payload, message);
  }

  /** Fills in a modal, by label, block id or action id, and sends it. */
  async submit(seen: SeenView, filled: Record<string, Filled> = {}): Promise<Outcome> {
    const view = this.#view(seen);
    const blocks = listOf(view.sent.blocks);
    const typed = await this.#typed(viewSeen(view), filled);
    const values = valuesOf(blocks, typed);
    const errors = missing(blocks, values);
    if (errors) return Outcome.unsent(this.#desk.world, { errors });
    const payload = payloads.submittedView(this.#desk.world, this.#scene, view, values);
    const outcome = await this.#do('interactive', payload, 'view');
    afterSubmit(this.#desk, view, outcome.body);
    return outcome;
  }

  /** Closes the top modal. */
  async close(seen: SeenView): Promise<void> {
    const { world, courier } = this.#desk;
    const view = this.#view(seen);
    const stack = world.modals.get(view.user) ?? [];
    world.modals.set(view.user, view.sent.clear_on_close ? [] : stack.slice(0, -1));
    if (!view.sent.notify_on_close) return;
    const payload = payloads.closedView(world, this.#scene, view);
    await courier.deliver({ kind: 'interactive', payload });
  }

  /** Looks at the app's Home. */
  openHome(): Promise<Ack> {
    const { world, courier, allowed } = this.#desk;
    const { user, team, app } = this.#scene;
    allowed.home();
    if (!allowed.subscribed('app_home_opened'))
      throw new Error('The manifest does not subscribe to app_home_opened.');
    const home = world.homes.get(homeKey(team.id, user.id));
    const payload = payloads.event(world, team, app, {
      type: 'app_home_opened',
      user: user.id,
      channel: payloads.sceneOf(world, user).channel.id,
      tab: 'home',
      ...(home && { view: payloads.viewIn(world, this.#scene, home) }),
    });
    return courier.deliver({ kind: 'events_api', payload });
  }

  #act(seen: Seen, touched: Touched, value: Json, typed: Typed): Promise<Outcome> {
    const action = {
      ...JSON.parse(JSON.stringify(value)),
      action_id: touched.element.action_id,
      block_id: touched.block.block_id,
      action_ts: this.#desk.world.ts(),
    };
    const payload = { ...this.#place(seen, typed), actions: [action] };
    return this.#do('interactive', payload, seen.kind === 'view' ? 'view' : this.#message(seen));
  }

  /** A block_actions payload of where the user is, as yet without the action. */
  #place(seen: Seen, typed: Typed): Json {
    const { world } = this.#desk;
    const values = valuesOf(seen.blocks, typed);
    return seen.kind === 'view'
      ? payloads.pressedView(world, this.#scene, this.#view(seen), values)
      : payloads.pressedMessage(world, this.#scene, this.#message(seen), values);
  }

  async #typed(seen: Seen, filled: Record<string, Filled> = {}): Promise<Typed> {
    const typed = new Map<string, Json>();
    for (const { touched, given } of inputsOf(seen.blocks, filled))
      if (given !== undefined) typed.set(keyOf(touched), await this.#value(seen, touched, given));
    return typed;
  }

  /** What stands in an element after this choice; an external menu is searched first. */
  async #value(seen: Seen, touched: Touched, choice: Filled): Promise<Json> {
    if (!isExternal(touched)) return filledIn(touched.element, choice);
    const words = typeof choice === 'string' ? [choice] : choice;
    const offered = await Promise.all(words.map((word) => this.#ask(seen, touched, word)));
    return filledIn(touched.element, choice, offered.flat());
  }

  /** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
  async #ask(seen: Seen, touched: Touched, typed: string): Promise<Json[]> {
    const { courier, violation, allowed } = this.#desk;
    const { block, element } = touched;
    allowed.suggestions();
    const least = Number(element.min_query_length ?? 3);
    if (typed.length < least) throw new Error(`Slack asks the app from ${least} letters on.`);
    const { state, trigger_id, ...place } = this.#place(seen, new Map());
    const asked = { action_id: element.action_id, block_id: block.block_id, value: typed };
    const payload = { ...place, type: 'block_suggestion', ...asked };
    const { body } = await courier.deliver({ kind: 'interactive', payload });
    const misfit = optionsMisfit(body);
    if (misfit) violation(`options for ${element.action_id}: ${misfit}`);
    const groups = listOf(objectOf(body).option_groups).flatMap((group) => listOf(group.options));
    return [...listOf(objectOf(body).options), ...groups];
  }

  async #do(kind: Kind, payload: Json, on?: Message | 'view'): Promise<Outcome> {
    const { world, courier, responseUrl, allowed } = this.#desk;
    const { user, team, channel, app } = this.#scene;
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
    const ack = await courier.deliver({ kind, payload: sent });
    if (kind === 'slash_commands') said(this.#desk, to, ack.body);
    return new Outcome(world, ack, to, trigger.id);
  }

  #message(seen: SeenMessage): Message {
    const all = this.#desk.world.messages.get(seen.channel) ?? [];
    const message = all.find((one) => one.ts === seen.ts);
    if (!message) throw new Error('That message is no longer there.');
    return message;
  }

  #view(seen: SeenView): View {
    const { world } = this.#desk;
    const views = [...(world.modals.get(this.#scene.user.id) ?? []), ...world.homes.values()];
    const view = views.find((one) => one.id === seen.id);
    if (!view) throw new Error('That view is no longer open.');
    return view;
  }
}

/** What Slack itself says when a needed input is empty. */
function missing(blocks: Json[], values: Record<string, Record<string, Json>>) {
  const empty = blocks
    .filter((block) => block.type === 'input' && block.optional !== true)
    .map((block) => textOf(block.block_id))
    .filter((id) => Object.values(values[id] ?? {}).some(isEmpty));
  if (!empty.length) return undefined;
  return Object.fromEntries(empty.map((id) => [id, 'Please complete this required field.']));
}
