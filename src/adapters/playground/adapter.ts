import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { Clock } from '../../core/base/clock.ts';
import { derivedId } from '../../core/base/id.ts';
import type { Log } from '../../core/base/log.ts';
import type { Address } from '../../core/message/address.ts';
import type { Adapter, Bot, Outgoing } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { closed, listening } from '../shared/listen.ts';
import { type Fault, meet } from './faults.ts';
import { messageBookOf } from './message-book.ts';
import { CONVENOR } from './messages.ts';
import { DIRECT, isChannel, PLATFORM, roomOf, WORKSPACE } from './places.ts';
import { readWriteLock } from './read-write-lock.ts';
import { playgroundServer } from './server.ts';
import { playgroundService } from './service.ts';
import { type PretendMember, usersOf } from './users.ts';

/** Nobody but this machine is let in: there is no password here. */
const LOOPBACK = '127.0.0.1';

export interface PlaygroundOptions {
  stores: Stores;
  /** The tenant's id. */
  partnership: string;
  /** Those one can speak as. */
  members: readonly PretendMember[];
  clock: Clock;
  /** Delivers everything due until then, each at its own instant, and moves the clock there. */
  moveTo(instant: Date): Promise<void>;
  /** Empties the partnership, its messages here included, and sows the sample again. */
  startAfresh(): Promise<void>;
  /** What the process serves beside the chat: health and metrics. */
  processRoutes: readonly Router[];
  /** 0 takes a free one. */
  port: number;
  log: Pick<Log, 'error'>;
}

/** The chat in the browser: an adapter like the others. */
export interface Playground extends Adapter {
  readonly platform: typeof PLATFORM;
  /** Where it is, once started. */
  readonly url: string;
}

/** A chat on this machine, for trying things out. */
export function playground(options: PlaygroundOptions): Playground {
  const store = options.stores.forPartnership(options.partnership);
  const book = messageBookOf(store);
  const people = usersOf(options.stores, options.partnership, options.members);
  const faults: Fault[] = [];
  let server: Server | undefined;

  const port = () => (server?.address() as AddressInfo | null | undefined)?.port ?? options.port;

  /** The room of an address, or undefined if the playground has none. */
  function roomAt(address: Address): string | undefined {
    if (address.to === 'channel') {
      const { channel } = address.channel;
      return isChannel(channel) ? channel : undefined;
    }
    const { workspace, user } = address.identity;
    const known = options.members.some((member) => member.user === user);
    return known && workspace === WORKSPACE ? roomOf(DIRECT, user) : undefined;
  }

  return {
    platform: PLATFORM,
    get url() {
      return `http://localhost:${port()}`;
    },

    async start(bot: Bot) {
      await Promise.all([book.open(), people.refresh()]);
      const talk = playgroundService({ ...options, bot, book, people });
      const rest = { bot, talk, book, people, store, turnstile: readWriteLock(), faults, port };
      server = await listening(
        createServer(playgroundServer({ ...options, ...rest })),
        options.port,
        LOOPBACK,
      );
    },

    async send(message: Outgoing) {
      const room = roomAt(message.address);
      if (!room) {
        return { outcome: 'permanent', reason: 'There is no such place in the playground.' };
      }
      const { delivery, reply } = message;
      const id = deliveredId(delivery);
      const at = options.clock.now();
      return meet(faults.shift(), async () => {
        await book.add([{ id, room, from: CONVENOR, at, reply, delivery }]);
        return { outcome: 'sent', id };
      });
    },

    async edit(_address: Address, id: string, reply) {
      const message = await book.change(id, { reply, form: null });
      if (message) return { outcome: 'sent', id };
      return { outcome: 'permanent', reason: 'That message is gone from the playground.' };
    },

    async find(message: Outgoing) {
      return (await book.get(deliveredId(message.delivery)))?.id;
    },

    async stop() {
      const running = server;
      server = undefined;
      if (running) await closed(running);
    },
  };
}

/** A delivery's message has an id of its own, so that posting it again adds nothing and `find` is one read. */
function deliveredId(delivery: string): string {
  return derivedId('delivered', delivery);
}
