import type { Parcel } from './gateway-delivery.ts';
import { messageSeen, modalSeen, type SeenMessage, type SeenModal } from './visible-messages.ts';
import type { Answered, Choice, World } from './world.ts';

/** What comes of one thing that a user did. */
export class Outcome {
  /** What travelled to the app, to send again. */
  readonly parcel: Parcel;
  readonly #world: World;

  constructor(world: World, parcel: Parcel) {
    this.#world = world;
    this.parcel = parcel;
  }

  /** How the app answered first. */
  get kind(): Answered | undefined {
    return this.parcel.interaction.answered;
  }

  /** How long its first answer took, in ms. */
  get ms(): number {
    return this.parcel.interaction.ms;
  }

  /** Whether the answer, also one that is still to come, is for the user alone. */
  get ephemeral(): boolean {
    return this.parcel.interaction.original?.only !== undefined;
  }

  /** The messages that answered so far, new or rewritten, as they stand now. */
  get replies(): SeenMessage[] {
    return this.parcel.interaction.answers.map(messageSeen);
  }

  /** The first of them, waited for. */
  reply(): Promise<SeenMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** The modal that opens, waited for. */
  modal(): Promise<SeenModal> {
    const { interaction } = this.parcel;
    return this.#world.until('a modal', () => interaction.modal && modalSeen(interaction.modal));
  }

  /** What an option with autocomplete offers. */
  get choices(): readonly Choice[] {
    return this.parcel.interaction.choices ?? [];
  }
}
