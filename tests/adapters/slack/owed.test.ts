import { expect, it } from 'vitest';
import { deliveries } from '../../../src/core/features/deliveries/store.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { newScene, type Scene } from './scene.ts';

/** A worker whose platform is Slack. */
async function working(scene: Scene) {
  const slack = Object.assign(new ChatPlatform('slack'), scene.convenor);
  const { until, errors } = await newWorker(scene.talk, slack);
  return { errors, until };
}

async function ledger({ talk }: Scene, kind: string) {
  const rows = await talk.store.of(deliveries).find({ index: 'byRecipient' });
  return rows.filter((row) => row.kind === kind);
}

const DUE = 'followup add ring the school by:"today 3pm"';
const AN_HOUR_ON = '2026-11-18T16:00:00Z';

it('a reminder whose answer got lost is found by its metadata, and sent once', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  scene.double.world.pass(5 * 3_600_000);
  scene.double.faults.next('chat.postMessage', 'lost answer');
  await worker.until(AN_HOUR_ON);
  expect(scene.inbox('tom').filter((words) => words.includes('ring the school'))).toHaveLength(1);
  expect(await ledger(scene, 'reminder')).toMatchObject([{ state: 'sent', tries: 1 }]);
  expect(worker.errors).toEqual([]);
  expect(scene.double.violations).toEqual([]);
});

it('a reminder that got lost itself is sent again, marked as a possible repeat', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  scene.double.faults.next('chat.postMessage', 'lost call');
  await worker.until(AN_HOUR_ON);
  const told = scene.inbox('tom').filter((words) => words.includes('ring the school'));
  expect(told).toEqual([expect.stringMatching(/^\(This may be a repeat\.\)/)]);
});

it('while Slack asks for patience nothing is lost or doubled', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  scene.double.faults.next('chat.postMessage', { rateLimited: 60 }, { times: 3 });
  await worker.until(AN_HOUR_ON);
  const told = scene.inbox('tom').filter((words) => words.includes('ring the school'));
  expect(told).toHaveLength(1);
  expect(told[0]).not.toContain('repeat');
  expect(await ledger(scene, 'reminder')).toMatchObject([{ state: 'sent', tries: 4 }]);
});

it('a digest that cannot be posted is told to the coordinator, once, with what to do', async () => {
  const scene = await newScene();
  const { double, team } = scene;
  const news = double.addChannel(team, { name: 'news' });
  const worker = await working(scene);
  await scene.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await scene.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  await worker.until('2026-11-20T16:00:00Z');
  const told = scene.inbox('grace').filter((words) => words.includes("couldn't post the digest"));
  expect(told).toEqual([expect.stringContaining('Convenor is not in that channel: type /invite')]);
  double.invite(news, 'app');
  await worker.until('2026-11-27T16:00:00Z');
  expect(double.world.messages.get(news.id)).toHaveLength(1);
});

it('a digest of which nobody knows is asked about, since a channel cannot be read', async () => {
  const scene = await newScene();
  const { double, team } = scene;
  const news = double.addChannel(team, { name: 'news' });
  double.invite(news, 'app');
  const worker = await working(scene);
  await scene.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await scene.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  double.faults.next('chat.postMessage', 'lost answer', { channel: news.id });
  await worker.until('2026-11-20T16:00:00Z');
  expect(double.world.messages.get(news.id)).toHaveLength(1);
  expect(scene.inbox('grace').filter((words) => words.includes("can't tell"))).toHaveLength(1);
});

it('after the app was removed what is owed ends, and is not tried for ever', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  for (const installation of scene.double.world.installations) installation.state = 'uninstalled';
  await worker.until('2026-11-19T16:00:00Z');
  expect(await ledger(scene, 'reminder')).toMatchObject([
    { state: 'permanent', reason: expect.stringContaining('was removed'), sweepAt: null },
  ]);
  const tries = scene.calls('chat.postMessage') + scene.calls('conversations.open');
  await worker.until('2026-11-19T18:00:00Z');
  expect(scene.calls('chat.postMessage') + scene.calls('conversations.open')).toBe(tries);
});
