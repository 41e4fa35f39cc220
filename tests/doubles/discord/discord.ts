import { callLog } from '../call-log.ts';
import { closeHttp } from '../http.ts';
import type { Json } from '../json.ts';
import { createEvents } from './events.ts';
import { discordFaults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { type Envelope, GatewayDelivery } from './gateway-delivery.ts';
import { Outcome } from './outcome.ts';
import type { ActionContext } from './payloads.ts';
import { sees } from './permissions.ts';
import * as populate from './populate.ts';
import { answer } from './rest/answer.ts';
import { startServer } from './server.ts';
import { DiscordUser } from './user.ts';
import {
  type VisibleMessage,
  type VisibleModal,
  visibleMessage,
  visibleMessages,
  visibleModal,
} from './visible-messages.ts';
import { type Channel, type Guild, type User, World } from './world.ts';

/** One request of the app, and its answer. */
export interface LoggedCall {
  /** The operation, such as `create_message`. */
  method: string;
  args: Json;
  body: unknown;
  status: number;
  answer: unknown;
}

const DAY_MS = 86_400_000;

export type DiscordDouble = Awaited<ReturnType<typeof startDiscord>>;

/**
 * Starts a Discord double on 127.0.0.1. It checks every request of the app as Discord would. What no app should ever send
 * is answered with Discord's error and kept in `violations`, which a test expects to be empty.
 */
export async function startDiscord({ shards = 1 }: { shards?: number } = {}) {
  const world = new World();
  const faults = discordFaults();
  const { seen, note, track, violation } = callLog<
    LoggedCall,
    Pick<LoggedCall, 'method' | 'body'>
  >();
  const gateway = new Gateway(world, violation);
  const delivery = new GatewayDelivery(world, gateway);

  const { server, url } = await startServer({
    fault: (method, args) => faults.take(method, args.channel_id),
    answer(asked) {
      const { operation, args, body } = asked;
      const given = answer({ world, gateway, shards, violation }, asked);
      note({ method: operation.id, args, body, status: given.status, answer: given.body });
      return given;
    },
    received: (method, body, response) => track({ method, body }, response),
    file: (id) => world.files.get(id)?.content,
    unknownPath(method, path) {
      violation(`${method} ${path}: the app has no need of it`);
      return { status: 404, body: { message: '404: Not Found', code: 0 } };
    },
  });
  world.url = url;
  gateway.serve(server);

  const events = createEvents({ world, gateway });
  const directOf = (user: User) => populate.directChannel(world, user);
  function contextOf(user: User, channel: Channel = directOf(user)): ActionContext {
    return { user, channel, guild: world.guilds.get(channel.guild ?? '') };
  }

  return {
    world,
    /** Makes future requests fail, by operation, such as `create_message`. */
    faults,
    ...seen,
    gateway,
    /** For `DISCORD_API_URL`, and the `api` of a REST client. */
    apiUrl: `${url}/api`,
    botToken: world.app.token,
    applicationId: world.app.id,

    /** Adds a server, with the app in it for a day unless `installed` is false. */
    addGuild(name = 'Riverside', { installed = true }: { installed?: boolean } = {}): Guild {
      const guild = populate.addGuild(world, name);
      if (installed) events.installIn(guild, undefined, world.now() - DAY_MS);
      return guild;
    },
    addUser: (guild: Guild, given?: populate.NewUser) => populate.addUser(world, guild, given),
    ...events,

    /** The direct channel between a user and the app. */
    directOf,
    /** Sends the same interaction again: same id, same token. */
    redeliver: (envelope: Envelope) => delivery.send(envelope),
    /** Sends the interaction again with a new id and token, changed by `change`. Does not wait for an answer. */
    forge(envelope: Envelope, change: (payload: Json) => void = () => {}): Outcome {
      const forged = delivery.copyWithChanges(envelope, change);
      delivery.send(forged);
      return new Outcome(world, forged);
    },

    /** A user in a channel; by default in the direct channel with the app. */
    as: (user: User, channel?: Channel) =>
      new DiscordUser({ world, delivery }, contextOf(user, channel)),
    /** The messages that a user sees in a channel, oldest first. */
    sees: (user: User, channel: Channel): VisibleMessage[] =>
      visibleMessages(world, user.id, channel),
    /** The threads under a channel that a user sees. */
    threads: (user: User, channel: Channel): Channel[] =>
      [...world.channels.values()].filter(
        (one) => one.parent === channel.id && sees(world, user.id, one),
      ),
    /** Everything that the app has ever posted, in order, also what was deleted; `at` is the time. */
    posted: (): VisibleMessage[] => world.posted.map(visibleMessage),
    /** The modal that is open on a user's screen. */
    modal(user: User): VisibleModal | undefined {
      const modal = world.modals.get(user.id);
      return modal && visibleModal(modal);
    },
    /** Waits until `find` returns a value. */
    until: <T>(what: string, find: () => T | undefined, ms?: number) => world.until(what, find, ms),

    async close(): Promise<void> {
      gateway.close();
      await closeHttp(server);
    },
  };
}
