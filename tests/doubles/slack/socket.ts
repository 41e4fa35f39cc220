import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Json, objectOf, textOf } from '../json.ts';
import type { World } from './world.ts';

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export class SocketMode {
  readonly #world: World;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #acks = new Map<string, (payload: unknown) => void>();
  #turn = 0;

  constructor(world: World, http: Server) {
    this.#world = world;
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#open.size;
  }

  /** Sends an envelope to the connections in turn. @returns the payload of the acknowledgement. */
  deliver(type: string, payload: Json, more: Json = {}): Promise<unknown> {
    const open = [...this.#open];
    this.#turn += 1;
    const socket = open[this.#turn % open.length];
    if (!socket) throw new Error('No Socket Mode connection is open.');
    const envelope_id = this.#world.id('envelope-');
    const acknowledged = new Promise<unknown>((resolve) => this.#acks.set(envelope_id, resolve));
    socket.send(
      JSON.stringify({ envelope_id, type, payload, accepts_response_payload: true, ...more }),
    );
    return acknowledged;
  }

  /** Announces the end of a connection: `warning` in advance, `refresh_requested` at once. */
  disconnect(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
    for (const socket of this.#open) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'double' } }));
      if (reason === 'warning') continue;
      this.#open.delete(socket);
      socket.close(1000);
    }
    this.#world.changed();
  }

  /** Cuts every connection without notice. */
  drop(): void {
    for (const socket of this.#open) socket.terminate();
    this.#open.clear();
    this.#world.changed();
  }

  ping(): void {
    for (const socket of this.#open) socket.ping('Ping from Slack');
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!request.url?.startsWith('/link')) return void socket.destroy();
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      this.#open.add(connection);
      connection.on('message', (data) => this.#acknowledge(String(data)));
      connection.on('error', () => {});
      connection.on('close', () => {
        this.#open.delete(connection);
        this.#world.changed();
      });
      const connection_info = { app_id: this.#world.app.id };
      const num_connections = this.#open.size;
      connection.send(JSON.stringify({ type: 'hello', num_connections, connection_info }));
      this.#world.changed();
    });
  }

  #acknowledge(data: string): void {
    const ack = objectOf(JSON.parse(data));
    const id = textOf(ack.envelope_id);
    this.#acks.get(id)?.(ack.payload);
    this.#acks.delete(id);
  }
}
