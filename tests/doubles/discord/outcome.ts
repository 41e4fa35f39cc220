import type { Envelope } from './gateway-delivery.ts';
import {
  type VisibleMessage,
  type VisibleModal,
  visibleMessage,
  visibleModal,
} from './visible-messages.ts';
import type { Choice, ResponseKind, World } from './world.ts';

/** The results of one user action. */
export class Outcome {
  /** What was sent to the app. It can be sent again. */
  readonly envelope: Envelope;
  readonly #world: World;

  constructor(world: World, envelope: Envelope) {
    this.#world = world;
    this.envelope = envelope;
  }

  /** The kind of the app's first answer. */
  get kind(): ResponseKind | undefined {
    return this.envelope.interaction.answered;
  }

  /** How long the first answer took (ms). */
  get ms(): number {
    return this.envelope.interaction.ms;
  }

  /** Whether only the user sees the answer, also a deferred one. */
  get ephemeral(): boolean {
    return this.envelope.interaction.original?.only !== undefined;
  }

  /** The messages that answered so far, new or edited, as they are now. */
  get replies(): VisibleMessage[] {
    return this.envelope.interaction.answers.map(visibleMessage);
  }

  /** Waits for the first answer. */
  reply(): Promise<VisibleMessage> {
    return this.#world.until('an answer', () => this.replies[0]);
  }

  /** Waits for the modal that opens. */
  modal(): Promise<VisibleModal> {
    const { interaction } = this.envelope;
    return this.#world.until('a modal', () => interaction.modal && visibleModal(interaction.modal));
  }

  /** The choices of an option with autocomplete. */
  get choices(): readonly Choice[] {
    return this.envelope.interaction.choices ?? [];
  }
}
