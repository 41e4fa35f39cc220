import { type Slack, slack } from '../../../src/adapters/slack/adapter.ts';
import { installations } from '../../../src/adapters/slack/installing/installation-row.ts';
import { usedStates } from '../../../src/adapters/slack/installing/oauth-states.ts';
import type { SlackConnection } from '../../../src/config/slack.ts';
import { registerWorkspace } from '../../../src/core/domain/workspaces/workspace.ts';
import type { Bot } from '../../../src/core/ports/platform.ts';
import { healthServer } from '../../../src/process/health-server.ts';
import { metrics } from '../../../src/process/metrics.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { startTestBackend, type TestBackend } from '../../fixtures/harness.ts';
import { freePort } from '../../fixtures/redis.ts';

export type Team = ReturnType<SlackDouble['addTeam']>;
export type User = ReturnType<SlackDouble['addUser']>;
export type ConnectionKind = SlackConnection['kind'];

/** Convenor on a Slack double of its own, over real sockets, with a store and a bot. */
export interface SlackHarness extends TestBackend {
  double: SlackDouble;
  convenor: Slack;
  team: Team;
  /** The workspace's owner: a coordinator from the first command on. */
  grace: User;
  tom: User;
  /** The tenant's id. */
  partnership: string;
  /** The address for Slack's HTTP requests. */
  url: string;
  /** Stops Convenor and starts it again on the same store. @param bot another bot than before. */
  restart(bot?: Bot): Promise<void>;
}

const secretKeys = [Buffer.alloc(32, 7)];

/** Starts a Slack double, a store, and Convenor between them. @param at the double's time (ms since 1970 UTC). */
export async function startHarness(
  by: ConnectionKind = 'socket',
  at = Date.now(),
): Promise<SlackHarness> {
  const double = await startSlack();
  atEnd(() => double.close());
  double.world.pass(at - Date.now());
  const team = double.addTeam('Riverside');
  const grace = double.addUser(team, { name: 'Grace', owner: true, admin: true });
  const tom = double.addUser(team, { name: 'Tom' });

  const clock = { now: () => new Date(double.world.now()) };
  const backend = await startTestBackend([installations, usedStates], clock);
  const { stores, bot } = backend;

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { app } = double;
  const connection: SlackConnection =
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
  let running: { convenor: Slack; stop(): Promise<void> } | undefined;
  async function start(heardBy = bot) {
    const convenor = slack({ connection, apiUrl: double.apiUrl, ...backend.adapterDeps() });
    const missingParts = async () => [];
    const serve = { host: '127.0.0.1', port, missingParts, metrics: metrics().routes };
    const web = await healthServer({ ...serve, routes: [convenor.routes] });
    await convenor.start(heardBy);
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
  const { partnership } = await registerWorkspace(stores, {
    platform: 'slack',
    workspace: team.id,
    name: team.name,
  });
  return {
    ...backend,
    ...{ double, convenor, team, grace, tom, partnership, url },
    async restart(other) {
      await running?.stop();
      await start(other);
    },
  };
}

/** A harness in which Grace has added a partner. */
export async function startHarnessWithPartner(
  by: ConnectionKind = 'socket',
): Promise<SlackHarness> {
  const harness = await startHarness(by);
  const outcome = await harness.double
    .as(harness.grace)
    .slash('/convenor', 'partner add "Riverside Council" every:"6 weeks"');
  await outcome.reply();
  return harness;
}
