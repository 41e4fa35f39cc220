import { App, type Receiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { Router } from 'express';
import type { HttpConnection, SlackConfig, SocketConnection } from '../../config/slack.ts';
import { retry } from '../../core/async/retry.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { sealer } from '../../core/base/sealer.ts';
import type { Commands } from '../../core/command/command.ts';
import type { DirectoryCache } from '../../core/domain/directory/directory.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { createChannelMembers } from './channel-members.ts';
import {
  type Clients,
  clientOptions,
  clientsForOneToken,
  clientsForTokens,
} from './connection/clients.ts';
import { checkBotToken } from './connection/credentials.ts';
import { retryOptions } from './connection/errors.ts';
import { httpReceiver } from './connection/http-receiver.ts';
import { PLATFORM } from './connection/platform.ts';
import { silentLogger } from './connection/silent-logger.ts';
import { socketReceiver } from './connection/socket-receiver.ts';
import { createMessageSender } from './delivery/message-sender.ts';
import { createPostingProblem } from './delivery/posting-problem.ts';
import { createInstalls, type Installs } from './installing/installs.ts';
import { oauthRoutes } from './installing/oauth.ts';
import { oauthStates } from './installing/oauth-states.ts';
import { welcomeInstaller } from './installing/welcome-installer.ts';
import { type Listener, listen } from './listen.ts';
import { INSTALL_PATH } from './manifest/manifest.ts';
import { createProfileOf } from './profile-of.ts';
import { createUsers } from './users.ts';

export interface SlackOptions extends SlackConfig {
  commands: Commands;
  stores: Stores;
  directories: DirectoryCache;
  clock: Clock;
  log: Log;
}

/** The Slack adapter. It can send at once, and receives once it is started. */
export interface Slack extends Adapter {
  readonly platform: typeof PLATFORM;
  /** The routes that Slack needs in the process's HTTP server; none in Socket Mode. */
  readonly routes: Router;
}

/** What depends on how Slack is connected. */
interface Connection {
  clients: Clients;
  receiver: Receiver;
  routes: Router;
  /** Undefined in Socket Mode. */
  installs: Installs | undefined;
  /** Where a workspace installs Convenor; undefined in Socket Mode. */
  installUrl: string | undefined;
  /** @throws CredentialError */
  checkCredentials(): Promise<void>;
}

export function slack(options: SlackOptions): Slack {
  const { connection, log } = options;
  const { clients, receiver, routes, installs, installUrl, checkCredentials } =
    connection.kind === 'socket'
      ? socketConnection(connection, options)
      : httpConnection(connection, options);
  const app = new App({
    receiver,
    logger: silentLogger,
    // No token is needed, because everything is acknowledged before any call to Slack.
    authorize: async ({ teamId }) => (teamId === undefined ? {} : { teamId }),
    convoStore: false,
    ignoreSelf: false,
    deferInitialization: true,
  });
  const users = createUsers({ ...options, clients });
  const installerOf = async (team: string) => installs?.installerOf(team);
  const known = { users, installerOf, channelMembers: createChannelMembers(options) };
  const deps = { ...options, ...known, clients };
  const profileOf = createProfileOf(deps);
  let listener: Listener | undefined;
  let isStopped = false;
  return {
    platform: PLATFORM,
    routes,
    get credentialError() {
      return clients.credentialError;
    },
    ...createMessageSender(deps),
    profileOf,
    postingProblem: createPostingProblem(clients),
    async start(bot: Bot) {
      await retry(checkCredentials, retryOptions({ isCancelled: () => isStopped, log }));
      if (isStopped) return;
      listener = listen(app, { ...deps, profileOf, installs, installUrl, bot });
      await app.init();
      await app.start();
    },
    async stop() {
      isStopped = true;
      await listener?.acknowledged();
      await app.stop();
      await listener?.stop();
    },
  };
}

function socketConnection(
  { botToken, appToken }: SocketConnection,
  { apiUrl, log }: SlackOptions,
): Connection {
  const options = { ...clientOptions(apiUrl), logger: silentLogger };
  return {
    clients: clientsForOneToken(botToken, options),
    receiver: socketReceiver({ appToken, clientOptions: options, logger: silentLogger, log }),
    routes: Router(),
    installs: undefined,
    installUrl: undefined,
    checkCredentials: () => checkBotToken(new WebClient(botToken, options)),
  };
}

function httpConnection(
  connection: HttpConnection,
  { apiUrl, stores, clock, log }: SlackOptions,
): Connection {
  const options = { ...clientOptions(apiUrl), logger: silentLogger };
  const sealed = { stores, sealer: sealer(connection.secretKeys), clock };
  const installs = createInstalls({
    ...sealed,
    onFirstInstall: (installation) =>
      welcomeInstaller(installation, { clientOptions: options, clock, log }),
  });
  const receiver = httpReceiver({ ...connection, clock, log });
  const oauth = oauthRoutes({
    ...connection,
    installs,
    states: oauthStates(sealed),
    clientOptions: options,
    logger: silentLogger,
    log,
  });
  return {
    clients: clientsForTokens(installs, options),
    receiver,
    routes: Router().use(receiver.routes, oauth),
    installs,
    installUrl: `${connection.publicUrl}${INSTALL_PATH}`,
    checkCredentials: async () => {},
  };
}
