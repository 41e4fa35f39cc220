import { type Json, objectOf } from '../json.ts';
import type { Ack, Envelope } from './http-delivery.ts';
import type { ResponseUrl } from './response-url.ts';
import {
  type VisibleMessage,
  type VisibleView,
  visibleMessage,
  visibleView,
} from './visible-messages.ts';
import type { World } from './world.ts';

/** What comes of one thing that a user did. */
export class Outcome {
  /** What the app acknowledged it with. */
  readonly body: unknown;
  /** How long the acknowledgement took, in ms. */
  readonly ms: number;
  /** What travelled to the app, to send again; nothing when Slack itself held it back. */
  readonly envelope: Envelope | undefined;
  readonly #world: World;
  readonly #to: ResponseUrl | undefined;
  readonly #trigger: string | undefined;

  constructor(world: World, ack: Partial<Ack>, to?: ResponseUrl, trigger?: string) {
    this.body = ack.body;
    this.ms = ack.ms ?? 0;
    this.envelope = ack.envelope;
    this.#world = world;
    this.#to = to;
    this.#trigger = trigger;
  }

  /** What Slack says by itself, before the app hears of it. */
  static unsent(world: World, body: Json): Outcome {
    return new Outcome(world, { body });
  }

  /** What a modal says at its fields, by block id. */
  get errors(): Record<string, string> {
    return objectOf(objectOf(this.body).errors) as Record<string, string>;
  }

  /** The messages that answered so far by response URL or acknowledgement, new or rewritten. */
  get replies(): VisibleMessage[] {
    return (this.#to?.answers ?? []).map(visibleMessage);
  }

  /** The first of them, waited for. */
  reply(): Promise<VisibleMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** The modal that opens, waited for. */
  modal(): Promise<VisibleView> {
    return this.#world.until('a modal', () => {
      const all = [...this.#world.modals.values()].flat();
      const view = all.find((one) => this.#trigger && one.trigger === this.#trigger);
      return view && visibleView(view);
    });
  }
}
