import { type Json, textOf } from '../json.ts';
import { NotAcknowledged } from '../not-acknowledged.ts';
import type { Gateway } from './gateway.ts';
import { FIRST_ANSWER_MS } from './rest/interactions.ts';
import type { Interaction, World } from './world.ts';

/** One interaction to be sent to the app. It can be sent again. */
export interface Envelope {
  payload: Json;
  interaction: Interaction;
}

/** Sends interactions to the app over the gateway. */
export class GatewayDelivery {
  readonly #world: World;
  readonly #gateway: Gateway;

  constructor(world: World, gateway: Gateway) {
    this.#world = world;
    this.#gateway = gateway;
  }

  /** Sends, and waits for the first answer. @throws NotAcknowledged when it does not come in time. */
  async deliver(envelope: Envelope): Promise<void> {
    const { interaction } = envelope;
    this.send(envelope);
    const inTime = await this.#world.until(
      'the first answer',
      () => {
        if (interaction.answered) return true;
        return this.#world.now() - interaction.at > FIRST_ANSWER_MS ? false : undefined;
      },
      2 * FIRST_ANSWER_MS,
    );
    if (!inTime) throw new NotAcknowledged('The application did not respond within 3 s.', envelope);
  }

  /** Sends for the first time, or again. */
  send(envelope: Envelope): void {
    const { payload, interaction } = envelope;
    const guild = interaction.channel.guild;
    if (!this.#gateway.hasSession(guild))
      throw new NotAcknowledged('No shard is connected.', envelope);
    this.#world.interactions.set(interaction.token, interaction);
    this.#gateway.dispatch('INTERACTION_CREATE', structuredClone(payload), guild);
  }

  /** A copy with a new id and token, changed by `change`. */
  copyWithChanges({ payload, interaction }: Envelope, change: (payload: Json) => void): Envelope {
    const id = this.#world.id();
    const token = `${interaction.token}-${id}`;
    const copy: Json = { ...structuredClone(payload), id, token };
    change(copy);
    const fresh = {
      answered: undefined,
      original: undefined,
      modal: undefined,
      choices: undefined,
    };
    const again = {
      ...interaction,
      ...fresh,
      id,
      token,
      answers: [],
      at: this.#world.now(),
      ms: 0,
    };
    return { payload: copy, interaction: again };
  }
}

/** An interaction that a user has just made. */
export function newEnvelope(
  world: World,
  payload: Json,
  given: Pick<Interaction, 'kind' | 'user' | 'channel' | 'source'> & Partial<Interaction>,
): Envelope {
  const interaction: Interaction = {
    message: undefined,
    answerKind: 0,
    ...given,
    id: textOf(payload.id),
    token: textOf(payload.token),
    at: world.now(),
    answered: undefined,
    ms: 0,
    original: undefined,
    answers: [],
    modal: undefined,
    choices: undefined,
  };
  return { payload, interaction };
}
