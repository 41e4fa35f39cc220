import { randomUUID } from 'node:crypto';
import { GatewayOpcodes as Op } from 'discord.js';
import type { Json } from '../json.ts';

/** How many events are kept to be resumed. */
const MAX_EVENTS_KEPT = 5000;

/** What an app started with IDENTIFY: it outlives its connection, and keeps what was missed meanwhile. */
export class Session {
  readonly id = randomUUID().replaceAll('-', '');
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  /** Sends over its connection; undefined while it has none. */
  send: ((payload: Json) => void) | undefined;
  #sequence = 0;
  readonly #sent: { s: number; t: string; d: Json }[] = [];

  constructor(shard: readonly [number, number], intents: number) {
    this.shard = shard;
    this.intents = intents;
  }

  /** Sends an event, or keeps it until the app is back. */
  dispatch(t: string, d: Json): void {
    this.#sequence += 1;
    const event = { s: this.#sequence, t, d };
    this.#sent.push(event);
    if (this.#sent.length > MAX_EVENTS_KEPT) this.#sent.shift();
    this.send?.({ op: Op.Dispatch, ...event });
  }

  /** Sends again what came after this number. */
  replay(after: number): void {
    for (const event of this.#sent) if (event.s > after) this.send?.({ op: Op.Dispatch, ...event });
  }
}
