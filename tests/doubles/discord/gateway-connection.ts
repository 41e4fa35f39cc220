import { GatewayCloseCodes as Close, GatewayIntentBits, GatewayOpcodes as Op } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import { type Json, objectOf } from '../json.ts';
import { Session } from './session.ts';
import type { World } from './world.ts';

/** Intents for which an app needs Discord's permission; Convenor uses none: https://docs.discord.com/developers/events/gateway#privileged-intents */
const PRIVILEGED =
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildPresences |
  GatewayIntentBits.MessageContent;
const KNOWN = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** https://docs.discord.com/developers/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4096;
const SEND_LIMIT = { count: 120, ms: 60_000 };

/** What a connection needs from the gateway. */
export interface ConnectionDeps {
  world: World;
  violation(words: string): void;
  started(session: Session): void;
  /** The session with this id, if it can be resumed. */
  resumed(id: string): Session | undefined;
}

/** One connection to the gateway: https://docs.discord.com/developers/events/gateway#connection-lifecycle */
export class GatewayConnection {
  readonly socket: WebSocket;
  session: Session | undefined;
  readonly #deps: ConnectionDeps;
  readonly #send = (payload: Json) =>
    this.socket.send(JSON.stringify({ s: null, t: null, ...payload }));
  #sends: number[] = [];

  constructor(socket: WebSocket, deps: ConnectionDeps) {
    this.socket = socket;
    this.#deps = deps;
    socket.on('error', () => {});
    socket.on('message', (data) => this.#receive(data));
    this.send({ op: Op.Hello, d: { heartbeat_interval: 41_250 } });
  }

  send(payload: Json): void {
    this.#send(payload);
  }

  /** Separates the session from this connection. */
  detachSession(): void {
    if (this.session?.send === this.#send) this.session.send = undefined;
    this.session = undefined;
  }

  /** Handles a message from the app. A wrong one closes the connection. */
  #receive(data: RawData): void {
    const code = this.#handleMessage(String(data));
    if (code === undefined) return;
    if (code !== Close.AuthenticationFailed)
      this.#deps.violation(`gateway: closed with ${code} ${Close[code]}`);
    this.socket.close(code, Close[code]);
  }

  #handleMessage(text: string): Close | undefined {
    const now = this.#deps.world.now();
    this.#sends = [...this.#sends.filter((at) => at > now - SEND_LIMIT.ms), now];
    if (this.#sends.length > SEND_LIMIT.count) return Close.RateLimited;
    if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) return Close.DecodeError;
    try {
      const { op, d } = objectOf(JSON.parse(text));
      return this.#handleOp(Number(op), objectOf(d));
    } catch (error) {
      if (error instanceof SyntaxError) return Close.DecodeError;
      throw error;
    }
  }

  #handleOp(op: number, data: Json): Close | undefined {
    if (op === Op.Identify) return this.#identify(data);
    if (op === Op.Resume) return this.#resume(data);
    if (op === Op.Heartbeat) this.send({ op: Op.HeartbeatAck });
    else if (!this.session) return Close.NotAuthenticated;
    else if (op !== Op.PresenceUpdate) return Close.UnknownOpcode;
    return undefined;
  }

  #identify({ token, shard = [0, 1], intents }: Json): Close | undefined {
    if (this.session) return Close.AlreadyAuthenticated;
    if (token !== this.#deps.world.app.token) return Close.AuthenticationFailed;
    const [id = -1, count = 0] = Array.isArray(shard) ? shard.map(Number) : [];
    if (!(id >= 0 && id < count)) return Close.InvalidShard;
    if (typeof intents !== 'number' || intents & ~KNOWN) return Close.InvalidIntents;
    if (intents & PRIVILEGED) return Close.DisallowedIntents;
    const session = this.#attachSession(new Session([id, count], intents));
    this.#deps.started(session);
    return undefined;
  }

  #resume({ token, session_id, seq }: Json): Close | undefined {
    if (token !== this.#deps.world.app.token) return Close.AuthenticationFailed;
    const session = this.#deps.resumed(String(session_id));
    if (session) {
      this.#attachSession(session).replay(Number(seq));
      session.dispatch('RESUMED', {});
    } else this.send({ op: Op.InvalidSession, d: false });
    this.#deps.world.changed();
    return undefined;
  }

  #attachSession(session: Session): Session {
    this.session = session;
    session.send = this.#send;
    return session;
  }
}
