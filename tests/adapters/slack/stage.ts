import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { type Slack, slack } from '../../../src/adapters/slack/adapter.ts';
import { installations } from '../../../src/adapters/slack/installation-row.ts';
import { usedStates } from '../../../src/adapters/slack/states.ts';
import { healthServer } from '../../../src/adapters/web/health-server.ts';
import { metrics } from '../../../src/adapters/web/metrics.ts';
import type { SlackWay } from '../../../src/config/slack.ts';
import { createBot } from '../../../src/core/bot.ts';
import { collections } from '../../../src/core/collections.ts';
import { allCommands } from '../../../src/core/commands.ts';
import { openWorkspace } from '../../../src/core/features/workspaces/open.ts';
import type { LogFields } from '../../../src/core/log.ts';
import { directoriesOver } from '../../../src/core/names/directories.ts';
import type { Bot } from '../../../src/core/ports.ts';
import type { Stores } from '../../../src/core/store.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { freePort } from '../../fixtures/redis.ts';
import { stalling } from '../../fixtures/stalling.ts';

export type Team = ReturnType<SlackDouble['addTeam']>;
export type User = ReturnType<SlackDouble['addUser']>;
export type By = SlackWay['kind'];

/** Convenor on a Slack of its own: real sockets, and all that stands behind them. */
export interface Stage {
  double: SlackDouble;
  convenor: Slack;
  bot: Bot;
  stores: Stores;
  team: Team;
  /** The workspace's owner, who coordinates from their first command on. */
  grace: User;
  tom: User;
  /** The tenant's id. */
  partnership: string;
  /** From now on nothing comes from or goes to the store; and again. */
  store: { stall(): void; goOn(): void };
  /** What the log warned of. */
  warnings: { event: string; fields: LogFields }[];
  /** Where Slack's requests come in, over HTTP. */
  url: string;
  /** Ends Convenor and starts it again, over the same store. */
  restart(): Promise<void>;
}

const secretKeys = [Buffer.alloc(32, 7)];

/** Starts Slack's double, a store, and Convenor between them. */
export async function openStage(by: By = 'socket'): Promise<Stage> {
  const double = await startSlack();
  atEnd(() => double.close());
  const team = double.addTeam('Riverside');
  const grace = double.addUser(team, { name: 'Grace', owner: true, admin: true });
  const tom = double.addUser(team, { name: 'Tom' });

  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-slack-'));
  const server = await startEmbeddedStore({ dataDir });
  const between = await stalling(server.uri);
  const declarations = [...collections, installations, usedStates];
  const connected = await connectStores({ uri: between.uri, declarations });
  const { stores } = connected;
  atEnd(async () => {
    between.goOn();
    await connected.close();
    await between.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { app } = double;
  const way: SlackWay =
    by === 'socket'
      ? { kind: 'socket', botToken: double.installIn(team).token, appToken: app.appToken }
      : {
          kind: 'http',
          signingSecret: app.signingSecret,
          clientId: app.clientId,
          clientSecret: app.clientSecret,
          publicUrl: url,
          secretKeys,
        };
  const clock = { now: () => new Date() };
  const warnings: Stage['warnings'] = [];
  const warn = (fields: LogFields, event: string) => void warnings.push({ fields, event });
  const log = { info: () => {}, warn, error: warn };
  const commands = allCommands();
  const bot = createBot({ stores, clock, commands, log, wake: () => {} });

  let running: { convenor: Slack; stop(): Promise<void> } | undefined;
  async function start() {
    const directories = directoriesOver(stores);
    const shared = { commands, stores, directories, clock, log };
    const convenor = slack({ way, apiUrl: double.apiUrl, ...shared });
    const ready = async () => [];
    const serve = { host: '127.0.0.1', port, ready, metrics: metrics().routes };
    const web = await healthServer({ ...serve, routes: [convenor.routes] });
    await convenor.start(bot);
    running = {
      convenor,
      stop: async () => {
        await convenor.stop();
        await web.stop();
      },
    };
    return convenor;
  }
  const convenor = await start();
  atEnd(async () => running?.stop());

  if (by === 'http') {
    double.deliverTo({ url: `${url}/slack/events`, signingSecret: app.signingSecret });
    await double.install(grace, `${url}/slack/install`);
  }
  const { partnership } = await openWorkspace(stores, {
    platform: 'slack',
    workspace: team.id,
    name: team.name,
  });
  return {
    ...{ double, convenor, bot, stores, team, grace, tom, partnership, warnings, url },
    store: between,
    async restart() {
      await running?.stop();
      await start();
    },
  };
}

/** A stage on which Grace has begun, and a partner is known. */
export async function openBegun(by: By = 'socket'): Promise<Stage> {
  const stage = await openStage(by);
  const outcome = await stage.double
    .as(stage.grace)
    .slash('/convenor', 'partner add "Riverside Council" every:"6 weeks"');
  await outcome.reply();
  return stage;
}
