import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { Clock } from '../../core/base/clock.ts';
import { derivedId } from '../../core/base/id.ts';
import type { Log } from '../../core/base/log.ts';
import type { Address } from '../../core/message/address.ts';
import type { Adapter, Bot, Outgoing } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { closeServer, listenOn } from '../shared/http-server.ts';
import { type Fault, sendWithFault } from './faults.ts';
import { messageHistory } from './message-history.ts';
import { CONVENOR } from './messages.ts';
import { DIRECT, isChannel, PLATFORM, roomOf, WORKSPACE } from './places.ts';
import { readWriteLock } from './read-write-lock.ts';
import { playgroundServer } from './server.ts';
import { playgroundService } from './service.ts';
import { type PretendMember, profileOf, usersOf } from './users.ts';

/** The playground has no passwords, so it listens on this machine alone. */
const LOOPBACK = '127.0.0.1';

export interface PlaygroundOptions {
  stores: Stores;
  /** The tenant's id. */
  partnership: string;
  /** The members one can speak as. */
  members: readonly PretendMember[];
  clock: Clock;
  /** Delivers everything due until then, each at its own instant, and moves the clock there. */
  moveTo(instant: Date): Promise<void>;
  /** Deletes the partnership with its messages here, and writes the sample again. */
  reset(): Promise<void>;
  /** What the process serves beside the chat: health and metrics. */
  processRoutes: readonly Router[];
  /** 0: any free port. */
  port: number;
  log: Pick<Log, 'error'>;
}

/** The adapter of the chat in the browser. */
export interface Playground extends Adapter {
  readonly platform: typeof PLATFORM;
  /** The address of the page, once started. */
  readonly url: string;
}

/** A chat on this machine, for trying Convenor out. */
export function playground(options: PlaygroundOptions): Playground {
  const store = options.stores.forPartnership(options.partnership);
  const history = messageHistory(store);
  const users = usersOf(options.stores, options.partnership, options.members);
  const faults: Fault[] = [];
  let server: Server | undefined;

  const port = () => (server?.address() as AddressInfo | null | undefined)?.port ?? options.port;

  /** The room that an address leads to; undefined if there is none here. */
  function roomAt(address: Address): string | undefined {
    if (address.to === 'channel') {
      const { channel } = address.channel;
      return isChannel(channel) ? channel : undefined;
    }
    const { workspace, user } = address.identity;
    const isKnown = options.members.some((member) => member.user === user);
    return isKnown && workspace === WORKSPACE ? roomOf(DIRECT, user) : undefined;
  }

  return {
    platform: PLATFORM,
    get url() {
      return `http://localhost:${port()}`;
    },

    async start(bot: Bot) {
      await Promise.all([history.load(), users.refresh()]);
      const service = playgroundService({ ...options, bot, history, users });
      const lock = readWriteLock();
      const deps = { ...options, bot, service, history, users, store, lock, faults, port };
      server = await listenOn(createServer(playgroundServer(deps)), options.port, LOOPBACK);
    },

    async send(message: Outgoing) {
      const room = roomAt(message.address);
      if (!room) {
        return { outcome: 'permanent', reason: 'There is no such place in the playground.' };
      }
      const { delivery, reply, file: content } = message;
      const id = deliveredId(delivery);
      const at = options.clock.now();
      const file = content
        ? {
            name: content.name,
            type: content.type,
            content: Buffer.from(content.bytes).toString('base64'),
          }
        : null;
      return sendWithFault(faults.shift(), async () => {
        await history.add([{ id, room, from: CONVENOR, at, reply, delivery, file }]);
        return { outcome: 'sent', id };
      });
    },

    async edit(_address: Address, id: string, reply) {
      const message = await history.update(id, { reply, form: null });
      if (message) return { outcome: 'sent', id };
      return { outcome: 'permanent', reason: 'That message is gone from the playground.' };
    },

    async remove(_address: Address, id: string) {
      await history.remove(id);
      return { outcome: 'sent', id };
    },

    async postingProblem() {
      return undefined;
    },
    async profileOf({ user }) {
      const member = options.members.find((one) => one.user === user);
      return member && profileOf(member);
    },

    async findSent(message: Outgoing) {
      return (await history.get(deliveredId(message.delivery)))?.id;
    },

    async stop() {
      const running = server;
      server = undefined;
      if (running) await closeServer(running);
    },
  };
}

/** The message's id follows from the delivery's: sending it again adds nothing, and `findSent` is one read. */
function deliveredId(delivery: string): string {
  return derivedId('delivered', delivery);
}
