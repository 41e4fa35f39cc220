import { GatewayCloseCodes as Close, GatewayIntentBits, GatewayOpcodes as Op } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import { type Json, objectOf } from '../json.ts';
import { Session } from './session.ts';
import type { World } from './world.ts';

/** Intents that an app must ask Discord for; Convenor does without: https://docs.discord.com/developers/events/gateway#privileged-intents */
const PRIVILEGED =
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildPresences |
  GatewayIntentBits.MessageContent;
const KNOWN = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** https://docs.discord.com/developers/events/gateway#sending-events */
const MOST_BYTES = 4096;
const MOST_SENDS = { count: 120, ms: 60_000 };

/** What a connection needs of the gateway. */
export interface Desk {
  world: World;
  violation(words: string): void;
  started(session: Session): void;
  /** The session of this id, if it can be taken up again. */
  resumed(id: string): Session | undefined;
}

/** One connection to the gateway: https://docs.discord.com/developers/events/gateway#connection-lifecycle */
export class Line {
  readonly socket: WebSocket;
  session: Session | undefined;
  readonly #desk: Desk;
  readonly #send = (payload: Json) =>
    this.socket.send(JSON.stringify({ s: null, t: null, ...payload }));
  #sends: number[] = [];

  constructor(socket: WebSocket, desk: Desk) {
    this.socket = socket;
    this.#desk = desk;
    socket.on('error', () => {});
    socket.on('message', (data) => this.#hear(data));
    this.send({ op: Op.Hello, d: { heartbeat_interval: 41_250 } });
  }

  send(payload: Json): void {
    this.#send(payload);
  }

  /** From now on the session is without this connection. */
  hangUp(): void {
    if (this.session?.send === this.#send) this.session.send = undefined;
    this.session = undefined;
  }

  /** Takes what the app sends; what it should never send ends the connection. */
  #hear(data: RawData): void {
    const code = this.#taken(String(data));
    if (code === undefined) return;
    if (code !== Close.AuthenticationFailed)
      this.#desk.violation(`gateway: closed with ${code} ${Close[code]}`);
    this.socket.close(code, Close[code]);
  }

  #taken(text: string): Close | undefined {
    const now = this.#desk.world.now();
    this.#sends = [...this.#sends.filter((at) => at > now - MOST_SENDS.ms), now];
    if (this.#sends.length > MOST_SENDS.count) return Close.RateLimited;
    if (Buffer.byteLength(text) > MOST_BYTES) return Close.DecodeError;
    try {
      const { op, d } = objectOf(JSON.parse(text));
      return this.#done(Number(op), objectOf(d));
    } catch (error) {
      if (error instanceof SyntaxError) return Close.DecodeError;
      throw error;
    }
  }

  #done(op: number, data: Json): Close | undefined {
    if (op === Op.Identify) return this.#identified(data);
    if (op === Op.Resume) return this.#resumed(data);
    if (op === Op.Heartbeat) this.send({ op: Op.HeartbeatAck });
    else if (!this.session) return Close.NotAuthenticated;
    else if (op !== Op.PresenceUpdate) return Close.UnknownOpcode;
    return undefined;
  }

  #identified({ token, shard = [0, 1], intents }: Json): Close | undefined {
    if (this.session) return Close.AlreadyAuthenticated;
    if (token !== this.#desk.world.app.token) return Close.AuthenticationFailed;
    const [id = -1, count = 0] = Array.isArray(shard) ? shard.map(Number) : [];
    if (!(id >= 0 && id < count)) return Close.InvalidShard;
    if (typeof intents !== 'number' || intents & ~KNOWN) return Close.InvalidIntents;
    if (intents & PRIVILEGED) return Close.DisallowedIntents;
    const session = this.#join(new Session([id, count], intents));
    this.#desk.started(session);
    return undefined;
  }

  #resumed({ token, session_id, seq }: Json): Close | undefined {
    if (token !== this.#desk.world.app.token) return Close.AuthenticationFailed;
    const session = this.#desk.resumed(String(session_id));
    if (session) {
      this.#join(session).replay(Number(seq));
      session.dispatch('RESUMED', {});
    } else this.send({ op: Op.InvalidSession, d: false });
    this.#desk.world.changed();
    return undefined;
  }

  #join(session: Session): Session {
    this.session = session;
    session.send = this.#send;
    return session;
  }
}
