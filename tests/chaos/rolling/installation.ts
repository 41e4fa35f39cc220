import type { TestContext } from 'vitest';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { installations } from '../../../src/adapters/slack/installing/installation-row.ts';
import { usedStates } from '../../../src/adapters/slack/installing/oauth-states.ts';
import type { Clock } from '../../../src/core/base/clock.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { registerWorkspace } from '../../../src/core/domain/workspaces/workspace.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { objectOf } from '../../doubles/json.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { type ConvenorProcess, startConvenor } from '../../fixtures/convenor-process.ts';
import { startRedis } from '../../fixtures/redis.ts';
import { seedMembers } from '../reminders.ts';
import { openStoreProcess } from '../store-process.ts';
import type { PostedMessage } from '../test-platform.ts';
import { type Balancer, startBalancer } from './balancer.ts';

const PROCESSES_PER_ROLE = 2;
const PLATFORM = 'slack';

/** A larger installation of Convenor on Slack: two processes for each role. */
export interface Installation {
  slack: SlackDouble;
  /** The users of the workspace. */
  users: readonly ReturnType<SlackDouble['addUser']>[];
  balancer: Balancer;
  /** The processes that receive from Slack, behind the balancer. */
  frontEnds: readonly ConvenorProcess[];
  workers: readonly ConvenorProcess[];
  /** The test's own access to the store. */
  store: Store;
  clock: Clock;
  /** The posted messages, with times to the second. */
  messages(): PostedMessage[];
}

/** Starts an installation, and stops it after the test. @param userCount how many users the workspace has. */
export async function openInstallation(
  test: TestContext,
  userCount: number,
): Promise<Installation> {
  const cleanups: (() => Promise<unknown>)[] = [];
  test.onTestFinished(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });
  const slack = await startSlack();
  cleanups.push(slack.close);
  const team = slack.addTeam('Riverside');
  const owner = slack.addUser(team, { name: 'Grace', owner: true });
  const users = Array.from({ length: userCount }, (_, index) =>
    slack.addUser(team, { name: `Member ${index}` }),
  );
  const redis = await startRedis();
  cleanups.push(redis.stop);
  const storeProcess = await openStoreProcess();
  cleanups.push(storeProcess.stop);
  const { uri } = storeProcess;
  const declarations = [...collections, installations, usedStates];
  const { stores, clock, close } = await connectStores({ uri, declarations });
  cleanups.push(close);
  const workspace = { platform: PLATFORM, workspace: team.id, name: team.name };
  const { partnership } = await registerWorkspace(stores, workspace);
  const store = stores.forPartnership(partnership);
  const userOf = (index: number) => users[index % userCount]?.id ?? '';
  const identity = (index: number) => ({ ...workspace, user: userOf(index) });
  await seedMembers(store, { identity });

  const frontEnds: ConvenorProcess[] = [];
  const balancer = await startBalancer(() => frontEnds.map(({ url }) => url));
  cleanups.push(balancer.close);
  const { clientId, clientSecret, signingSecret } = slack.app;
  const settings = {
    ...{ MONGODB_URI: uri, REDIS_URL: redis.url, LOG_LEVEL: 'warn' },
    ...{ PUBLIC_URL: balancer.url, SECRET_KEY: Buffer.alloc(32, 7).toString('base64') },
    ...{ SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret },
    ...{ SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl },
  };
  const workers: ConvenorProcess[] = [];
  cleanups.push(() => Promise.all([...frontEnds, ...workers].map((process) => process.stop())));
  for (let count = 0; count < PROCESSES_PER_ROLE; count++) {
    frontEnds.push(await startConvenor('slack', settings));
    workers.push(await startConvenor('worker,web', settings));
  }
  await Promise.all([...frontEnds, ...workers].map((process) => process.ready()));
  await slack.until(
    'the balancer',
    () => balancer.ready() === PROCESSES_PER_ROLE || undefined,
    10_000,
  );
  slack.deliverTo({ url: `${balancer.url}/slack/events`, signingSecret });
  await slack.install(owner, `${balancer.url}/slack/install`);
  return {
    ...{ slack, users, balancer, frontEnds, workers, store, clock },
    messages: () => [...slack.world.messages.values()].flat().flatMap(deliveryIn),
  };
}

/** The delivery in a Slack message's metadata, if it has one. */
function deliveryIn({
  metadata,
  text,
  ts,
}: {
  metadata: unknown;
  text: string;
  ts: string;
}): PostedMessage[] {
  const { delivery } = objectOf(objectOf(metadata).event_payload);
  if (typeof delivery !== 'string') return [];
  return [{ delivery, text, at: Math.floor(Number(ts)) * 1_000 }];
}
