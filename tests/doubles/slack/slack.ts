import { callLog } from '../call-log.ts';
import { closeHttp } from '../http.ts';
import type { Json } from '../json.ts';
import { createEvents } from './events.ts';
import { slackFaults } from './faults.ts';
import {
  type AppEndpoint,
  type Envelope,
  HttpDelivery,
  type RequestOverrides,
  sendSigned,
} from './http-delivery.ts';
import { type Consent, installFlow } from './install-flow.ts';
import { manifestRules } from './manifest-rules.ts';
import * as payloads from './payloads.ts';
import * as populate from './populate.ts';
import { post, remove } from './post.ts';
import { type ResponseUrl, respond } from './response-url.ts';
import { startServer } from './server.ts';
import { SocketMode } from './socket.ts';
import { SlackUser } from './user.ts';
import {
  type VisibleMessage,
  type VisibleView,
  visibleMessage,
  visibleMessages,
  visibleView,
} from './visible-messages.ts';
import { answer } from './web-api/answer.ts';
import type { Grant } from './web-api/oauth.ts';
import { type Channel, homeKey, type Team, type User, World } from './world.ts';

/** One call that the app made, and what it was answered. */
interface LoggedCall {
  method: string;
  args: Json;
  answer: Json;
}

export type SlackDouble = Awaited<ReturnType<typeof startSlack>>;

/**
 * Starts a Slack of one's own on 127.0.0.1. Every call of the app is checked as Slack would; what no app should ever
 * send is answered with Slack's error, and also kept in `violations`, to be empty at the end of a test. With the app's
 * manifest, Slack offers and sends only what that declares.
 */
export async function startSlack({ manifest }: { manifest?: Json } = {}) {
  const world = new World();
  const allowed = manifestRules(manifest);
  const faults = slackFaults();
  const { seen, note, violation } = callLog<LoggedCall, Pick<LoggedCall, 'method' | 'args'>>();
  const grants = new Map<string, Grant>();
  const responseUrls = new Map<string, ResponseUrl>();

  const { server, url } = await startServer({
    fault: (method, args) => faults.take(method, args.channel),
    api(method, args, token) {
      const asked = { method, args, token };
      const given = answer({ world, grants, url, allowed, violation }, asked);
      note({ method, args, answer: given });
      world.changed();
      return given;
    },
    abandoned: (method, args) => void seen.abandoned.push({ method, args }),
    scopes: (token) => [...(world.installations.find((one) => one.token === token)?.scopes ?? [])],
    respond: (id, body) => respond({ world, violation }, responseUrls.get(id), body),
  });
  const socket = new SocketMode(world, server);
  const delivery = new HttpDelivery(socket, () => world.now());
  const deps = {
    world,
    delivery,
    allowed,
    violation,
    responseUrl(to: ResponseUrl) {
      const id = world.id('R');
      responseUrls.set(id, to);
      return `${url}/response/${id}`;
    },
  };

  return {
    world,
    /** Makes calls to come fail; `response_url` is a method too. */
    faults,
    ...seen,
    socket,
    /** How long the app took to acknowledge each thing. */
    acks: delivery.acks,
    /** The app's ids and secrets. */
    app: world.app,
    /** For `SLACK_API_URL`, with a slash at its end. */
    apiUrl: `${url}/api/`,

    /** A Grid organisation; gives its id. */
    addEnterprise(name: string): string {
      const id = world.id('E');
      world.enterprises.set(id, name);
      return id;
    },
    /** A workspace; with `enterprise`, one of that organisation's. */
    addTeam: (name = 'Riverside', enterprise?: string) => populate.addTeam(world, name, enterprise),
    addUser: (team: Team, given?: populate.NewUser) => populate.addUser(world, team, given),
    addChannel: (team: Team, given?: populate.NewChannel) =>
      populate.addChannel(world, team, given),
    ...createEvents(deps),

    /** Puts the app into a team without its OAuth page, as Slack's own "Install to workspace" does. */
    installIn: (team: Team, scopes: readonly string[] = allowed.scopes) =>
      populate.install(world, { team, orgWide: false }, scopes),
    /** A user follows the app's install link. */
    install: (user: User, installUrl: string, consent?: Consent) =>
      installFlow(
        { world, grants, violation, allowsOrgWide: allowed.orgWide },
        user,
        installUrl,
        consent,
      ),
    /** The direct channel between a user and the app. */
    directOf: (user: User) => payloads.actionContext(world, user).channel,

    /** From now on what users do travels to this address, signed; to Socket Mode again when undefined. */
    deliverTo(endpoint: AppEndpoint | undefined) {
      delivery.endpoint = endpoint;
    },
    /** Sends any body to the app's endpoint, signed as Slack signs unless told otherwise. */
    sendSigned(body: string, overrides?: RequestOverrides) {
      if (!delivery.endpoint) throw new Error('Say where to first: deliverTo.');
      return sendSigned(delivery.endpoint, body, world.now(), overrides);
    },
    /** Sends the same thing again, as Slack does when it heard no answer. */
    redeliver: (envelope: Envelope, retry = 1) => delivery.deliver(envelope, retry),

    /** A user in a channel; in the direct one with the app when none is named. */
    as: (user: User, channel?: Channel) =>
      new SlackUser(deps, payloads.actionContext(world, user, channel)),
    /** A user writes in a channel. */
    say(user: User, channel: Channel, text: string): VisibleMessage {
      return visibleMessage(
        post(world, { text, blocks: [] }, { channel: channel.id, user: user.id }),
      );
    },
    /** A message is deleted at Slack, by somebody who may. */
    erase(seen: VisibleMessage): void {
      const message = world.messages.get(seen.channel)?.find((one) => one.ts === seen.ts);
      if (message) remove(world, message);
    },
    /** The messages that a user sees in a channel, oldest first. */
    sees: (user: User, channel: Channel): VisibleMessage[] =>
      visibleMessages(world, user.id, channel.id),
    /** The app's Home as a user sees it. */
    home(user: User): VisibleView | undefined {
      const view = world.homes.get(homeKey(user.team, user.id));
      return view && visibleView(view);
    },
    /** The modal that is on top of a user's screen. */
    modal(user: User): VisibleView | undefined {
      const view = world.modals.get(user.id)?.at(-1);
      return view && visibleView(view);
    },
    /** Waits until `find` gives something; looks again after every change and every moment. */
    until: <T>(what: string, find: () => T | undefined, ms?: number) => world.until(what, find, ms),

    async close(): Promise<void> {
      socket.close();
      await closeHttp(server);
    },
  };
}
