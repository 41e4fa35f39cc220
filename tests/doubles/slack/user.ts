import { elementsOf, optionsMisfit } from './blocks.ts';
import type { Ack, Courier, Kind } from './courier.ts';
import { type Filled, filledIn, isEmpty } from './fill.ts';
import { type Json, listOf, objectOf, textOf } from './json.ts';
import { Outcome } from './outcome.ts';
import * as payloads from './payloads.ts';
import type { ResponseUrl } from './response-url.ts';
import { answerTo } from './response-url.ts';
import { labelOf, type SeenMessage, type SeenView, viewSeen } from './sight.ts';
import { afterSubmit } from './submission.ts';
import { homeKey, type Message, type View, type World } from './world.ts';

/** What a user needs of the double. */
export interface Desk {
  world: World;
  courier: Courier;
  /** Makes a response URL and gives its address. */
  responseUrl(to: ResponseUrl): string;
  violation(words: string): void;
}

export type Seen = SeenMessage | SeenView;

/** One element that a user touches. */
interface Touched {
  block: Json;
  element: Json;
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
  slash(command: string, text = ''): Promise<Outcome> {
    const payload = payloads.slash(this.#desk.world, this.#scene, command, text);
    return this.#do('slash_commands', payload);
  }

  /** Presses a button, named by its label or its action id, in a message, a modal or the Home. */
  press(seen: Seen, button: string): Promise<Outcome> {
    const touched = find(seen, (element) => element.type === 'button', button);
    const { text, value, style, url } = touched.element;
    return this.#act(seen, touched, { type: 'button', text, value, style, url });
  }

  /** Picks an option (by its label), or a day, time or user, in a menu named by action id, placeholder or a label of its options. */
  async pick(seen: Seen, menu: string, choice: Filled): Promise<Outcome> {
    const touched = find(seen, (element) => element.type !== 'button', menu);
    const offered = await this.#offered(seen, touched, choice);
    return this.#act(seen, touched, filledIn(touched.element, choice, offered));
  }

  /** Types into a menu that asks the app for its options; gives their labels. */
  async suggest(seen: Seen, menu: string, typed: string): Promise<string[]> {
    const touched = find(seen, (element) => /external_select$/.test(textOf(element.type)), menu);
    return (await this.#ask(seen, touched, typed)).map(labelOf);
  }

  /** Chooses the app's shortcut from a message's menu. */
  shortcut(callback: string, on: SeenMessage): Promise<Outcome> {
    const { world } = this.#desk;
    const message = this.#message(on);
    const payload = payloads.messageShortcut(world, this.#scene, callback, message);
    return this.#do('interactive', payload, message);
  }

  /** Fills in a modal, by label, block id or action id, and sends it. */
  async submit(seen: SeenView, filled: Record<string, Filled> = {}): Promise<Outcome> {
    const view = this.#view(seen);
    const values: Json = {};
    const errors: Record<string, string> = {};
    for (const block of listOf(view.sent.blocks)) {
      const [element] = elementsOf(block);
      if (block.type !== 'input' || !element) continue;
      const given = filledFor(block, element, filled);
      const offered = await this.#offered(seen, { block, element }, given);
      const value = filledIn(element, given, offered);
      const id = textOf(block.block_id);
      if (isEmpty(value) && block.optional !== true)
        errors[id] = 'Please complete this required field.';
      values[id] = { [textOf(element.action_id)]: value };
    }
    unknownKeys(view, filled);
    const { world } = this.#desk;
    if (Object.keys(errors).length)
      return new Outcome(this.#desk, undefined, undefined, { body: { errors }, ms: 0 });
    const payload = payloads.submittedView(world, this.#scene, view, values);
    const outcome = await this.#do('interactive', payload);
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
    const { world, courier } = this.#desk;
    const { user, team, app } = this.#scene;
    const { channel } = payloads.sceneOf(world, user);
    const home = world.homes.get(homeKey(team.id, user.id));
    const payload = payloads.event(world, team, app, {
      type: 'app_home_opened',
      user: user.id,
      channel: channel.id,
      tab: 'home',
      ...(home && { view: { id: home.id, hash: home.hash } }),
    });
    return courier.deliver({ kind: 'events_api', payload });
  }

  #act(seen: Seen, { block, element }: Touched, value: Json): Promise<Outcome> {
    const { world } = this.#desk;
    const action = {
      ...JSON.parse(JSON.stringify(value)),
      action_id: element.action_id,
      block_id: block.block_id,
      action_ts: world.ts(),
    };
    if (seen.kind === 'view') {
      const payload = payloads.pressedView(world, this.#scene, this.#view(seen), {});
      return this.#do('interactive', { ...payload, actions: [action] }, 'view');
    }
    const message = this.#message(seen);
    const payload = payloads.pressedMessage(world, this.#scene, message);
    return this.#do('interactive', { ...payload, actions: [action] }, message);
  }

  /** The options of an external menu that a choice is typed into; none for other menus. */
  async #offered(seen: Seen, touched: Touched, choice: Filled | undefined): Promise<Json[]> {
    if (choice === undefined || !/external_select$/.test(textOf(touched.element.type))) return [];
    const typed = typeof choice === 'string' ? [choice] : choice;
    const answers = await Promise.all(typed.map((words) => this.#ask(seen, touched, words)));
    return answers.flat();
  }

  /** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
  async #ask(seen: Seen, { block, element }: Touched, typed: string): Promise<Json[]> {
    const { world, courier, violation } = this.#desk;
    const least = Number(element.min_query_length ?? 3);
    if (typed.length < least) throw new Error(`Slack asks the app from ${least} letters on.`);
    const place =
      seen.kind === 'view'
        ? payloads.pressedView(world, this.#scene, this.#view(seen), {})
        : payloads.pressedMessage(world, this.#scene, this.#message(seen));
    const { state, ...rest } = place;
    const payload = {
      ...rest,
      type: 'block_suggestion',
      action_id: element.action_id,
      block_id: block.block_id,
      value: typed,
    };
    const { body } = await courier.deliver({ kind: 'interactive', payload });
    const misfit = optionsMisfit(body);
    if (misfit) violation(`options for ${element.action_id}: ${misfit}`);
    const groups = listOf(objectOf(body).option_groups).flatMap((group) => listOf(group.options));
    return [...listOf(objectOf(body).options), ...groups];
  }

  async #do(kind: Kind, payload: Json, on?: Message | 'view'): Promise<Outcome> {
    const { world, courier, responseUrl } = this.#desk;
    const { user, team, channel, app } = this.#scene;
    const submission = payload.type === 'view_submission';
    const trigger = { id: `${world.id('')}.${team.id}`, user: user.id, team: team.id };
    world.triggers.set(trigger.id, { ...trigger, at: world.now(), used: false });
    const to: ResponseUrl = {
      channel: channel.id,
      user: user.id,
      message: on === 'view' ? undefined : on,
      bot: app,
      uses: 0,
      at: world.now(),
      answers: [],
    };
    const answers = submission || on === 'view' ? {} : { response_url: responseUrl(to) };
    const sent = { ...payload, trigger_id: trigger.id, ...answers };
    const ack = await courier.deliver({ kind, payload: sent });
    const body = typeof ack.body === 'string' ? { text: ack.body } : objectOf(ack.body);
    if (kind === 'slash_commands' && ('text' in body || 'blocks' in body))
      answerTo(world, to, body);
    return new Outcome(this.#desk, { kind, payload: sent }, to, ack, trigger.id);
  }

  #message(seen: SeenMessage): Message {
    const all = this.#desk.world.messages.get(seen.channel) ?? [];
    const message = all.find((one) => one.ts === seen.ts);
    if (!message) throw new Error('That message is no longer there.');
    return message;
  }

  #view(seen: SeenView): View {
    const { world } = this.#desk;
    const { user } = this.#scene;
    const views = [...(world.modals.get(user.id) ?? []), ...world.homes.values()];
    const view = views.find((one) => one.id === seen.id);
    if (!view) throw new Error('That view is no longer open.');
    return view;
  }
}

function find(seen: Seen, fits: (element: Json) => boolean, name: string): Touched {
  for (const block of seen.blocks)
    for (const element of elementsOf(block))
      if (fits(element) && isNamed(element, name)) return { block, element };
  throw new Error(`There is no "${name}" in:\n${seen.words}\n[${seen.buttons.join('] [')}]`);
}

function isNamed(element: Json, name: string): boolean {
  const placeholder = textOf(objectOf(element.placeholder).text);
  return [element.action_id, labelOf(element), placeholder].includes(name);
}

function filledFor(block: Json, element: Json, filled: Record<string, Filled>) {
  const names = [labelOf({ text: block.label }), textOf(block.block_id), textOf(element.action_id)];
  const name = names.find((one) => one in filled);
  return name === undefined ? undefined : filled[name];
}

function unknownKeys(view: View, filled: Record<string, Filled>): void {
  const blocks = listOf(view.sent.blocks).filter((block) => block.type === 'input');
  for (const name of Object.keys(filled)) {
    const known = blocks.some((block) =>
      elementsOf(block).some((element) => filledFor(block, element, { [name]: '' }) === ''),
    );
    const labels = viewSeen(view).labels.join(', ');
    if (!known) throw new Error(`There is no input "${name}" among: ${labels}`);
  }
}
