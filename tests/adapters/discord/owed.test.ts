import { expect, it } from 'vitest';
import { AN_HOUR_ON, DUE, ledger, owedSuite, workingOn } from '../owed.suite.ts';
import { newScene, type Scene } from './test-bot.ts';

/** A worker whose platform is Discord, and a Convenor that listens there. */
async function working(scene: Scene) {
  await scene.convenor.start(scene.talk.bot);
  return workingOn('discord', scene);
}

const words = (scene: Scene, who: 'tom' | 'grace', about: string) =>
  scene.inbox(who).filter((message) => message.words.includes(about));

const AT_THREE = '2026-11-18T15:00:00Z';

owedSuite<Scene>({
  newScene,
  working,
  open: 'create_dm',
  post: 'create_message',
  read: ({ inbox }, who) => inbox(who).map(({ words }) => words),
  closed({ double, guild }) {
    const channel = double.addChannel(guild, { name: 'news' });
    double.forbid(channel, 'SendMessages');
    return channel.id;
  },
  remedy: 'Send Messages',
  allow({ double }, id) {
    const channel = double.world.channels.get(id);
    if (channel) double.permit(channel, 'SendMessages');
  },
  standing: ({ double }, id) => double.world.messages.get(id)?.length ?? 0,
  remove: ({ double, guild }) => double.uninstall(guild),
});

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
