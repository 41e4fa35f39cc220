import type { Envelope } from './gateway-delivery.ts';
import {
  type VisibleMessage,
  type VisibleModal,
  visibleMessage,
  visibleModal,
} from './visible-messages.ts';
import type { Choice, ResponseKind, World } from './world.ts';

/** What comes of one thing that a user did. */
export class Outcome {
  /** What travelled to the app, to send again. */
  readonly envelope: Envelope;
  readonly #world: World;

  constructor(world: World, envelope: Envelope) {
    this.#world = world;
    this.envelope = envelope;
  }

  /** How the app answered first. */
  get kind(): ResponseKind | undefined {
    return this.envelope.interaction.answered;
  }

  /** How long its first answer took, in ms. */
  get ms(): number {
    return this.envelope.interaction.ms;
  }

  /** Whether the answer, also one that is still to come, is for the user alone. */
  get ephemeral(): boolean {
    return this.envelope.interaction.original?.only !== undefined;
  }

  /** The messages that answered so far, new or rewritten, as they stand now. */
  get replies(): VisibleMessage[] {
    return this.envelope.interaction.answers.map(visibleMessage);
  }

  /** The first of them, waited for. */
  reply(): Promise<VisibleMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** The modal that opens, waited for. */
  modal(): Promise<VisibleModal> {
    const { interaction } = this.envelope;
    return this.#world.until('a modal', () => interaction.modal && visibleModal(interaction.modal));
  }

  /** What an option with autocomplete offers. */
  get choices(): readonly Choice[] {
    return this.envelope.interaction.choices ?? [];
  }
}
