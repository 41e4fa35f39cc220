import { App, type Receiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { Router } from 'express';
import type { HttpWay, SlackConfig, SocketWay } from '../../config/slack.ts';
import { retry } from '../../core/async/retry.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { sealer } from '../../core/base/sealer.ts';
import type { Commands } from '../../core/command/command.ts';
import type { Directories } from '../../core/domain/directory/directories.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { type Clients, clientOptions, clientsOfOne, clientsOver } from './connection/clients.ts';
import { door } from './connection/door.ts';
import { quietLogger } from './connection/quiet-logger.ts';
import { sockets } from './connection/sockets.ts';
import { checkBotToken } from './credentials.ts';
import { createDelivery } from './deliver.ts';
import { outOfReach } from './errors.ts';
import { type Installs, installs as installsOver } from './install.ts';
import { installationStates } from './installing/installation-states.ts';
import { oauthRoutes } from './installing/oauth.ts';
import { type Listening, listen } from './listen.ts';
import { PLATFORM } from './platform.ts';

export interface SlackOptions extends SlackConfig {
  commands: Commands;
  stores: Stores;
  directories: Directories;
  clock: Clock;
  log: Log;
}

/** Slack: sends from the first moment; hears once started. */
export interface Slack extends Adapter {
  readonly platform: typeof PLATFORM;
  /** What of HTTP is Slack's, for the process's server; nothing in Socket Mode. */
  readonly routes: Router;
}

/** How this installation reaches Slack, and Slack it. */
interface Way {
  clients: Clients;
  receiver: Receiver;
  routes: Router;
  /** What workspaces have installed themselves. */
  installs: Installs | undefined;
  /** @throws BadCredential */
  check(): Promise<void>;
}

/** Slack, in one of its two ways. */
export function slack(options: SlackOptions): Slack {
  const { way: asked } = options;
  const way = asked.kind === 'socket' ? bySocket(asked, options) : byHttp(asked, options);
  const { clients, receiver, routes, installs } = way;
  const app = new App({
    receiver,
    logger: quietLogger,
    // Everything is acknowledged before any store or API is asked: that takes no token.
    authorize: async ({ teamId }) => (teamId === undefined ? {} : { teamId }),
    convoStore: false,
    ignoreSelf: false,
    deferInitialization: true,
  });
  let listening: Listening | undefined;
  let isStopped = false;
  return {
    platform: PLATFORM,
    routes,
    get trouble() {
      return clients.trouble;
    },
    ...createDelivery({ ...options, clients }),
    async start(bot: Bot) {
      await retry(way.check, outOfReach({ isOver: () => isStopped, log: options.log }));
      if (isStopped) return;
      listening = listen(app, { ...options, clients, installs, bot });
      await app.init();
      await app.start();
    },
    async stop() {
      isStopped = true;
      await listening?.acknowledged();
      await app.stop();
      await listening?.answered();
    },
  };
}

function bySocket({ botToken, appToken }: SocketWay, { apiUrl, log }: SlackOptions): Way {
  const options = { ...clientOptions(apiUrl), logger: quietLogger };
  return {
    clients: clientsOfOne(botToken, options),
    receiver: sockets({ appToken, clientOptions: options, logger: quietLogger, log }),
    routes: Router(),
    installs: undefined,
    check: () => checkBotToken(new WebClient(botToken, options)),
  };
}

function byHttp(way: HttpWay, { apiUrl, stores, clock, log }: SlackOptions): Way {
  const options = { ...clientOptions(apiUrl), logger: quietLogger };
  const sealing = { stores, sealer: sealer(way.secretKeys), clock };
  const installs = installsOver(sealing);
  const entry = door({ ...way, clock, log });
  const states = installationStates(sealing);
  const oauth = { ...way, installs, states, clientOptions: options };
  return {
    clients: clientsOver(installs, options),
    receiver: entry,
    routes: Router().use(entry.routes, oauthRoutes({ ...oauth, logger: quietLogger, log })),
    installs,
    check: async () => {},
  };
}
