import { randomUUID } from 'node:crypto';
import { GatewayOpcodes as Op } from 'discord.js';
import type { Json } from '../json.ts';

/** How many events are kept to be resumed. */
const MAX_EVENTS_KEPT = 5000;

/** A session that an app started with IDENTIFY. It outlives its connection, and keeps events to be replayed. */
export class Session {
  readonly id = randomUUID().replaceAll('-', '');
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  /** Sends over the connection; undefined while there is none. */
  send: ((payload: Json) => void) | undefined;
  #sequence = 0;
  readonly #sent: { s: number; t: string; d: Json }[] = [];

  constructor(shard: readonly [number, number], intents: number) {
    this.shard = shard;
    this.intents = intents;
  }

  /** Sends an event, or keeps it until the app resumes. */
  dispatch(t: string, d: Json): void {
    this.#sequence += 1;
    const event = { s: this.#sequence, t, d };
    this.#sent.push(event);
    if (this.#sent.length > MAX_EVENTS_KEPT) this.#sent.shift();
    this.send?.({ op: Op.Dispatch, ...event });
  }

  /** Sends the events after this sequence number again. */
  replay(after: number): void {
    for (const event of this.#sent) if (event.s > after) this.send?.({ op: Op.Dispatch, ...event });
  }
}
