import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayIntentBits as Intents, GatewayOpcodes as Op } from 'discord.js';
import { WebSocketServer } from 'ws';
import type { Json } from '../json.ts';
import { GatewayConnection } from './gateway-connection.ts';
import { createdGuild } from './guild-object.ts';
import type { Session } from './session.ts';
import { userJson } from './user-object.ts';
import type { World } from './world.ts';

/** Where an event happened: the id of a guild, or undefined for direct messages. */
type Where = string | undefined;

/** https://docs.discord.com/developers/events/gateway */
export class Gateway {
  /** The app's sessions, also those that wait to be resumed. */
  readonly sessions = new Map<string, Session>();
  /** How often the app identified and resumed. */
  readonly counts = { identified: 0, resumed: 0 };
  readonly #world: World;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<GatewayConnection>();
  readonly #violation: (words: string) => void;

  constructor(world: World, violation: (words: string) => void) {
    this.#world = world;
    this.#violation = violation;
  }

  /** Accepts connections to this server. */
  serve(http: Server): void {
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** How many shards are ready. */
  get ready(): number {
    return [...this.#connections].filter(({ session }) => session).length;
  }

  /** Sends an event to every session of its shard that has the intent, for guilds that the app is in. */
  dispatch(type: string, data: Json, where: Where, intent?: number): void {
    const { guilds, app } = this.#world;
    const isIn = where === undefined || guilds.get(where)?.members.has(app.bot);
    if (!isIn && type !== 'GUILD_DELETE') return;
    for (const session of this.sessions.values())
      if (isOf(session, where) && (intent === undefined || session.intents & intent))
        session.dispatch(type, data);
  }

  /** Whether a session takes events from there. */
  hasSession(where: Where): boolean {
    return [...this.sessions.values()].some((session) => isOf(session, where));
  }

  /** Tells the app to connect again and resume. */
  reconnect(): void {
    for (const connection of this.#connections) connection.send({ op: Op.Reconnect, d: null });
  }

  /** Ends the connections' sessions; with `resumable` the app may resume them. */
  invalidate(resumable = false): void {
    if (!resumable) this.sessions.clear();
    for (const connection of this.#connections) {
      connection.send({ op: Op.InvalidSession, d: resumable });
      connection.detachSession();
    }
  }

  /** Cuts every connection, with one of Discord's close codes if given. Sessions stay. */
  drop(code?: number): void {
    for (const connection of this.#connections) {
      connection.detachSession();
      if (code === undefined) connection.socket.terminate();
      else connection.socket.close(code);
    }
    this.#world.changed();
  }

  close(): void {
    for (const { socket } of this.#connections) socket.terminate();
    this.sessions.clear();
    this.#server.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'ws://discord');
    if (searchParams.get('v') !== '10' || searchParams.get('encoding') !== 'json')
      this.#violation(`gateway: connected with ${searchParams}`);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new GatewayConnection(webSocket, {
        world: this.#world,
        violation: this.#violation,
        started: (session) => this.#started(session),
        resumed: (id) => this.#resumed(id),
      });
      this.#connections.add(connection);
      webSocket.on('close', (code) => {
        // https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
        if (code === 1000 || code === 1001) this.sessions.delete(connection.session?.id ?? '');
        connection.detachSession();
        this.#connections.delete(connection);
        this.#world.changed();
      });
    });
  }

  #started(session: Session): void {
    const world = this.#world;
    this.counts.identified += 1;
    this.sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.members.has(world.app.bot) && isOf(session, guild.id),
    );
    const bot = world.users.get(world.app.bot);
    session.dispatch('READY', {
      v: 10,
      user: bot && userJson(bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: world.url.replace('http', 'ws'),
      shard: session.shard,
      private_channels: [],
      relationships: [],
      user_settings: {},
      application: { id: world.app.id, flags: 0 },
    });
    if (session.intents & Intents.Guilds)
      for (const guild of guilds) session.dispatch('GUILD_CREATE', createdGuild(world, guild));
    world.changed();
  }

  #resumed(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session) this.counts.resumed += 1;
    return session;
  }
}

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
function isOf({ shard }: Session, where: Where): boolean {
  const [id, count] = shard;
  return where === undefined ? id === 0 : Number((BigInt(where) >> 22n) % BigInt(count)) === id;
}
