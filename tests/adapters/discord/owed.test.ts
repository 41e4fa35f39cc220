import { expect, it } from 'vitest';
import { deliveries } from '../../../src/core/features/deliveries/store.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { newScene, type Scene } from './scene.ts';

/** A worker whose platform is Discord, and a Convenor that listens there. */
async function working(scene: Scene) {
  const { convenor, talk, double } = scene;
  await convenor.start(talk.bot);
  const { send, edit, find } = convenor;
  const platform = Object.assign(new ChatPlatform('discord'), { send, edit, find });
  const { until, errors } = await newWorker(talk, platform);
  return {
    errors,
    /** Time passes at Discord too. */
    async until(iso: string) {
      double.world.pass(Date.parse(iso) - double.world.now());
      await until(iso);
    },
  };
}

async function ledger({ talk }: Scene, kind: string) {
  const rows = await talk.store.of(deliveries).find({ index: 'byRecipient' });
  return rows.filter((row) => row.kind === kind);
}

const words = (scene: Scene, who: 'tom' | 'grace', about: string) =>
  scene.inbox(who).filter((message) => message.words.includes(about));

const DUE = 'followup add ring the school by:"today 3pm"';
const AT_THREE = '2026-11-18T15:00:00Z';
const AN_HOUR_ON = '2026-11-18T16:00:00Z';

it('a reminder comes at its time, is put off from where it stands, and comes again', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  const { double, users } = scene;
  await scene.say('tom', DUE);
  await worker.until(AT_THREE);
  const told = () => words(scene, 'tom', 'ring the school').filter(({ buttons }) => buttons.length);
  const reminder = scene.inbox('tom').at(-1);
  if (!reminder) throw new Error('Nothing came.');
  expect(reminder).toMatchObject({ ephemeral: false, pings: [] });
  const person = double.as(users.tom);
  const asked = await (await person.press(reminder, 'Later')).reply();
  const soon = asked.buttons.find((label) => /20 minutes/i.test(label)) ?? '';
  expect((await (await person.press(asked, soon)).reply()).words).toContain('Put off');
  const before = told().length;
  await worker.until('2026-11-18T15:25:00Z');
  expect(told()).toHaveLength(before + 1);
  const again = scene.inbox('tom').at(-1);
  const done = again && (await (await person.press(again, 'Done')).reply());
  expect(done?.words).toContain('ring the school');
  expect(worker.errors).toEqual([]);
  expect(double.violations).toEqual([]);
  expect(scene.warnings).toEqual([]);
});

it('a brief comes in the morning, and what is done in it is told in it', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  const { double, users } = scene;
  await scene.say('tom', 'followup add send the plan by:tomorrow');
  await worker.until('2026-11-19T09:01:00Z');
  const brief = scene.inbox('tom').at(-1);
  expect(brief?.words).toContain('send the plan');
  if (!brief) throw new Error('There is no brief.');
  const person = double.as(users.tom);
  const done = await (brief.buttons.includes('Done')
    ? person.press(brief, 'Done')
    : person.pick(brief, 'Act…', 'Done'));
  expect(await done.reply()).toMatchObject({ id: brief.id, edited: true });
  const today = await (await person.slash('today show')).reply();
  expect(today.words).not.toContain('send the plan');
  expect(worker.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it('the digest is posted in its channel, and is found there when its answer got lost', async () => {
  const scene = await newScene();
  const { double, guild, users } = scene;
  const news = double.addChannel(guild, { name: 'news' });
  const worker = await working(scene);
  await scene.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await scene.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  double.faults.next('create_message', 'lost answer', { channel: news.id });
  await worker.until('2026-11-20T16:00:00Z');
  expect(double.sees(users.maya, news)).toHaveLength(1);
  expect(words(scene, 'grace', "can't tell")).toEqual([]);
  expect(await ledger(scene, 'digest')).toMatchObject([{ state: 'sent' }]);
});

it('a digest that cannot be posted is told to the coordinator, once, with what to do', async () => {
  const scene = await newScene();
  const { double, guild, users } = scene;
  const news = double.addChannel(guild, { name: 'news' });
  double.forbid(news, 'SendMessages');
  const worker = await working(scene);
  await scene.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await scene.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  await worker.until('2026-11-20T16:00:00Z');
  const told = words(scene, 'grace', "couldn't post the digest");
  expect(told).toHaveLength(1);
  expect(told[0]?.words).toContain('Send Messages');
  double.permit(news, 'SendMessages');
  await worker.until('2026-11-27T16:00:00Z');
  expect(double.sees(users.maya, news)).toHaveLength(1);
});

it('a reminder whose answer got lost is found, and sent once', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  const before = scene.inbox('tom').length;
  scene.double.faults.next('create_message', 'lost answer');
  await worker.until(AN_HOUR_ON);
  expect(scene.inbox('tom')).toHaveLength(before + 1);
  expect(await ledger(scene, 'reminder')).toMatchObject([{ state: 'sent', tries: 1 }]);
  expect(worker.errors).toEqual([]);
});

it('a reminder that got lost itself is sent again, marked as a possible repeat', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  scene.double.faults.next('create_message', 'lost call');
  await worker.until(AN_HOUR_ON);
  expect(scene.inbox('tom').at(-1)?.words).toMatch(/^\(This may be a repeat/);
});

it('while Discord asks for patience nothing is lost or doubled', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  const before = scene.inbox('tom').length;
  scene.double.faults.next('create_message', { rateLimited: 1 });
  await worker.until(AN_HOUR_ON);
  await expect
    .poll(
      async () => {
        await worker.until(new Date(scene.talk.clock.now().getTime() + 5_000).toISOString());
        return scene.inbox('tom').length;
      },
      { timeout: 10_000 },
    )
    .toBe(before + 1);
  expect(scene.inbox('tom').at(-1)?.words).not.toContain('repeat');
});

it('after Convenor was removed what is owed ends, and is not tried for ever', async () => {
  const scene = await newScene();
  const worker = await working(scene);
  await scene.say('tom', DUE);
  scene.double.uninstall(scene.guild);
  await worker.until('2026-11-19T16:00:00Z');
  expect(await ledger(scene, 'reminder')).toMatchObject([
    { state: 'permanent', reason: expect.stringContaining('was removed'), sweepAt: null },
  ]);
  const tries = scene.calls('create_message') + scene.calls('create_dm');
  await worker.until('2026-11-19T18:00:00Z');
  expect(scene.calls('create_message') + scene.calls('create_dm')).toBe(tries);
});
