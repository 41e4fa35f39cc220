import { callLog } from '../call-log.ts';
import { closeHttp } from '../http.ts';
import type { Json } from '../json.ts';
import { createEvents } from './events.ts';
import { slackFaults } from './faults.ts';
import {
  ACK_TIMEOUT_MS,
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
import { uploadFile } from './written-message.ts';

/** One call of the app, and its answer. */
interface LoggedCall {
  method: string;
  args: Json;
  answer: Json;
}

export type SlackDouble = Awaited<ReturnType<typeof startSlack>>;

/**
 * Starts a Slack double on 127.0.0.1. It checks every call of the app as Slack would. What no app should ever send is
 * answered with Slack's error and kept in `violations`, which a test expects to be empty. With the app's manifest, the
 * double offers and sends only what the manifest declares.
 */
export async function startSlack({
  manifest,
  ackTimeoutMs = ACK_TIMEOUT_MS,
}: {
  manifest?: Json;
  ackTimeoutMs?: number;
} = {}) {
  const world = new World();
  const allowed = manifestRules(manifest);
  const faults = slackFaults();
  const { seen, note, track, violation } = callLog<
    LoggedCall,
    Pick<LoggedCall, 'method' | 'args'>
  >();
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
    received: (method, args, response) => track({ method, args }, response),
    scopes: (token) => [...(world.installations.find((one) => one.token === token)?.scopes ?? [])],
    upload(id, bytes) {
      const file = world.files.get(id);
      if (file?.state !== 'uploading') return { status: 404, body: 'not here' };
      if (bytes.length !== file.length)
        violation(`upload: ${bytes.length} bytes, but ${file.length} were announced`);
      file.bytes = bytes;
      return { status: 200, body: `OK - ${bytes.length}` };
    },
    download(id, token) {
      const reader = world.installations.find((one) => one.token === token);
      const mayRead = reader?.state === 'live' && reader.scopes.has('files:read');
      // Slack sends everybody else to its sign-in page.
      if (!mayRead) return { status: 302, body: '', location: `${url}/signin` };
      const { bytes, movedTo: location } = world.files.get(id) ?? {};
      if (location !== undefined) return { status: 302, body: '', location };
      return bytes ? { status: 200, body: bytes } : { status: 404, body: 'not here' };
    },
    respond: (id, body) => respond({ world, violation }, responseUrls.get(id), body),
  });
  const socket = new SocketMode(world, server);
  const delivery = new HttpDelivery(socket, () => world.now(), ackTimeoutMs);
  const deps = {
    world,
    delivery,
    allowed,
    violation,
    url,
    responseUrl(to: ResponseUrl) {
      const id = world.id('R');
      responseUrls.set(id, to);
      return `${url}/response/${id}`;
    },
  };

  return {
    world,
    /** Makes future calls fail; `response_url` is a method too. */
    faults,
    ...seen,
    socket,
    /** How long the app took for each acknowledgement. */
    acks: delivery.acks,
    /** The app's ids and secrets. */
    app: world.app,
    /** For `SLACK_API_URL`, with a slash at the end. */
    apiUrl: `${url}/api/`,

    /** Adds a Grid organisation. @returns its id. */
    addEnterprise(name: string): string {
      const id = world.id('E');
      world.enterprises.set(id, name);
      return id;
    },
    /** Adds a workspace; with `enterprise` it belongs to that organisation. */
    addTeam: (name = 'Riverside', enterprise?: string) => populate.addTeam(world, name, enterprise),
    addUser: (team: Team, given?: populate.NewUser) => populate.addUser(world, team, given),
    addChannel: (team: Team, given?: populate.NewChannel) =>
      populate.addChannel(world, team, given),
    ...createEvents(deps),

    /** Installs the app in a team without OAuth, as Slack's own "Install to workspace" does. */
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

    /** Sends payloads to this endpoint from now on, signed; over Socket Mode again when undefined. */
    deliverTo(endpoint: AppEndpoint | undefined) {
      delivery.endpoint = endpoint;
    },
    /** Sends any body to the app's endpoint, signed like Slack's requests unless `overrides` differ. */
    sendSigned(body: string, overrides?: RequestOverrides) {
      if (!delivery.endpoint) throw new Error('Call deliverTo first.');
      return sendSigned(delivery.endpoint, body, world.now(), overrides);
    },
    /** Sends the same payload again, as Slack does when it gets no answer. */
    redeliver: (envelope: Envelope, retry = 1) => delivery.deliver(envelope, retry),

    /** A user in a channel; by default in the direct channel with the app. */
    as: (user: User, channel?: Channel) =>
      new SlackUser(deps, payloads.actionContext(world, user, channel)),
    /** A user uploads a file in a form. @returns it; its id is what the form takes. */
    upload: (user: User, name: string, bytes: Buffer | string) =>
      uploadFile(world, user, name, Buffer.from(bytes)),
    /** A user writes in a channel. */
    say(user: User, channel: Channel, text: string): VisibleMessage {
      return visibleMessage(
        post(world, { text, blocks: [] }, { channel: channel.id, user: user.id }),
        world,
      );
    },
    /** A user deletes a message. */
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
    /** The top modal of a user. */
    modal(user: User): VisibleView | undefined {
      const view = world.modals.get(user.id)?.at(-1);
      return view && visibleView(view);
    },
    /** Waits until `find` returns a value. */
    until: <T>(what: string, find: () => T | undefined, ms?: number) => world.until(what, find, ms),

    async close(): Promise<void> {
      socket.close();
      await closeHttp(server);
    },
  };
}
