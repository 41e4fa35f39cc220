import type { TestContext } from 'vitest';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { installations } from '../../../src/adapters/slack/installing/installation-row.ts';
import { usedStates } from '../../../src/adapters/slack/installing/installation-states.ts';
import type { Clock } from '../../../src/core/base/clock.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { openWorkspace } from '../../../src/core/domain/workspaces/open.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { objectOf } from '../../doubles/json.ts';
import { type SlackDouble, startSlack } from '../../doubles/slack/slack.ts';
import { type ConvenorProcess, startConvenor } from '../../fixtures/convenor-process.ts';
import { startRedis } from '../../fixtures/redis.ts';
import { seedPeople } from '../reminders.ts';
import type { Arrived } from '../sink.ts';
import { openStoreProcess } from '../store-process.ts';
import { type Balancer, startBalancer } from './balancer.ts';

const EACH = 2;
const PLATFORM = 'slack';

/** Convenor as a larger installation has it: each role in processes of its own, two of each, before a Slack. */
export interface Installation {
  slack: SlackDouble;
  /** Its people, the first of whom are talkative. */
  users: readonly ReturnType<SlackDouble['addUser']>[];
  balancer: Balancer;
  /** Those who hear what is said, behind the balancer. */
  doors: readonly ConvenorProcess[];
  workers: readonly ConvenorProcess[];
  /** The test's own look into the store. */
  store: Store;
  clock: Clock;
  /** What has been delivered; to the second. */
  messages(): Arrived[];
}

/** Opens an installation for a test, and takes it down after it. @param people how many live there. */
export async function openInstallation(test: TestContext, people: number): Promise<Installation> {
  const ends: (() => Promise<unknown>)[] = [];
  test.onTestFinished(async () => {
    for (const end of ends.toReversed()) await end();
  });
  const slack = await startSlack();
  ends.push(slack.close);
  const team = slack.addTeam('Riverside');
  const owner = slack.addUser(team, { name: 'Grace', owner: true });
  const users = Array.from({ length: people }, (_, index) =>
    slack.addUser(team, { name: `Member ${index}` }),
  );
  const redis = await startRedis();
  ends.push(redis.stop);
  const storeProcess = await openStoreProcess();
  ends.push(storeProcess.stop);
  const { uri } = storeProcess;
  const declarations = [...collections, installations, usedStates];
  const { stores, clock, close } = await connectStores({ uri, declarations });
  ends.push(close);
  const workspace = { platform: PLATFORM, workspace: team.id, name: team.name };
  const { partnership } = await openWorkspace(stores, workspace);
  const store = stores.forPartnership(partnership);
  const userOf = (index: number) => users[index % people]?.id ?? '';
  const identity = (index: number) => ({ ...workspace, user: userOf(index) });
  await seedPeople(store, { identity });

  const doors: ConvenorProcess[] = [];
  const balancer = await startBalancer(() => doors.map(({ url }) => url));
  ends.push(balancer.close);
  const { clientId, clientSecret, signingSecret } = slack.app;
  const settings = {
    ...{ MONGODB_URI: uri, REDIS_URL: redis.url, LOG_LEVEL: 'warn' },
    ...{ PUBLIC_URL: balancer.url, SECRET_KEY: Buffer.alloc(32, 7).toString('base64') },
    ...{ SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret },
    ...{ SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl },
  };
  const workers: ConvenorProcess[] = [];
  ends.push(() => Promise.all([...doors, ...workers].map((one) => one.stop())));
  for (let count = 0; count < EACH; count++) {
    doors.push(await startConvenor('slack', settings));
    workers.push(await startConvenor('worker,web', settings));
  }
  await Promise.all([...doors, ...workers].map((one) => one.ready()));
  await slack.until('the balancer', () => balancer.ready() === EACH || undefined, 10_000);
  slack.deliverTo({ url: `${balancer.url}/slack/events`, signingSecret });
  await slack.install(owner, `${balancer.url}/slack/install`);
  return {
    ...{ slack, users, balancer, doors, workers, store, clock },
    messages: () => [...slack.world.messages.values()].flat().flatMap(arrived),
  };
}

function arrived({
  metadata,
  text,
  ts,
}: {
  metadata: unknown;
  text: string;
  ts: string;
}): Arrived[] {
  const { delivery } = objectOf(objectOf(metadata).event_payload);
  if (typeof delivery !== 'string') return [];
  return [{ delivery, text, at: Math.floor(Number(ts)) * 1_000 }];
}
