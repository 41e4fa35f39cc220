import type { Ack, Parcel } from './courier.ts';
import { objectOf } from './json.ts';
import type { ResponseUrl } from './response-url.ts';
import { messageSeen, type SeenMessage, type SeenView, viewSeen } from './sight.ts';
import type { World } from './world.ts';

/** What comes of one thing that a user did. */
export class Outcome {
  /** What the app acknowledged it with. */
  readonly body: unknown;
  /** How long the acknowledgement took, in ms. */
  readonly ms: number;
  /** What travelled to the app, to send again. */
  readonly parcel: Parcel | undefined;
  readonly #world: World;
  readonly #to: ResponseUrl | undefined;
  readonly #trigger: string | undefined;

  constructor(
    desk: { world: World },
    parcel: Parcel | undefined,
    to: ResponseUrl | undefined,
    ack: Ack,
    trigger?: string,
  ) {
    this.#world = desk.world;
    this.parcel = parcel;
    this.#to = to;
    this.body = ack.body;
    this.ms = ack.ms;
    this.#trigger = trigger;
  }

  /** What a modal says at its fields, by block id. */
  get errors(): Record<string, string> {
    return objectOf(objectOf(this.body).errors) as Record<string, string>;
  }

  /** The messages that answered so far, new or rewritten. */
  get replies(): SeenMessage[] {
    return (this.#to?.answers ?? []).map(messageSeen);
  }

  /** The first answer, waited for. */
  reply(): Promise<SeenMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** The modal that opens, waited for. */
  modal(): Promise<SeenView> {
    return this.#world.until('a modal', () => {
      const all = [...this.#world.modals.values()].flat();
      const view = all.find((one) => this.#trigger && one.trigger === this.#trigger);
      return view && viewSeen(view);
    });
  }
}
