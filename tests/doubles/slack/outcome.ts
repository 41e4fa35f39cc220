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

/** The results of one user action. */
export class Outcome {
  /** The body of the app's acknowledgement. */
  readonly body: unknown;
  /** How long the acknowledgement took (ms). */
  readonly ms: number;
  /** What was sent to the app; undefined when Slack itself refused the action. */
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

  /** A refusal by Slack itself; the app gets nothing. */
  static unsent(world: World, body: Json): Outcome {
    return new Outcome(world, { body });
  }

  /** The errors at a modal's fields, by block id. */
  get errors(): Record<string, string> {
    return objectOf(objectOf(this.body).errors) as Record<string, string>;
  }

  /** The messages that answered so far, by response URL or acknowledgement, new or edited. */
  get replies(): VisibleMessage[] {
    return (this.#to?.answers ?? []).map((message) => visibleMessage(message, this.#world));
  }

  /** Waits for the first answer. */
  reply(): Promise<VisibleMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** Waits for the modal that opens. */
  modal(): Promise<VisibleView> {
    return this.#world.until('a modal', () => {
      const all = [...this.#world.modals.values()].flat();
      const view = all.find((one) => this.#trigger && one.trigger === this.#trigger);
      return view && visibleView(view);
    });
  }
}
