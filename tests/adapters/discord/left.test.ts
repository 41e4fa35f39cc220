import { expect, it } from 'vitest';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { newScene, type Scene } from './test-bot.ts';

// The scene's time begins on Wednesday 18 November 2026, 10:00 in London.

/** Lets time pass at Discord and for a worker alike. */
async function working({ convenor, talk, double }: Scene) {
  await convenor.start(talk.bot);
  const { send, edit, find } = convenor;
  const platform = Object.assign(new ChatPlatform('discord'), { send, edit, find });
  const { until } = await newWorker(talk, platform);
  return async (iso: string) => {
    double.world.pass(Date.parse(iso) - double.world.now());
    await until(iso);
  };
}

/** What Grace was told that could not be delivered. */
const trouble = (scene: Scene) =>
  scene.inbox('grace').filter(({ words }) => words.includes("couldn't deliver"));

/** Everything that is open, which both of Tom's are. */
async function expectKept(scene: Scene): Promise<void> {
  const { words } = await scene.say('grace', 'followup list everyone');
  for (const title of ['ring the school', 'send the plan']) expect(words).toContain(title);
}

/** The brief of the next Monday, with what is late by then. */
function expectBrief(scene: Scene): void {
  const brief = scene.inbox('tom').at(-1)?.words;
  for (const title of ['ring the school', 'send the plan']) expect(brief).toContain(title);
}

it('what somebody is owed who has left the server is kept, and the coordinator hears of it once', async () => {
  const scene = await newScene();
  const { double, guild, users } = scene;
  const until = await working(scene);
  await scene.say('tom', 'followup add ring the school by:"today 3pm"');
  await scene.say('tom', 'followup add send the plan by:"tomorrow 11am"');
  const before = scene.inbox('tom').length;
  double.depart(guild, users.tom);
  // Reminders and briefs of two days.
  await until('2026-11-20T18:00:00Z');
  expect(scene.inbox('tom')).toHaveLength(before);
  const [told, ...more] = trouble(scene);
  expect(told?.words).toContain(
    'a reminder to **tom**. They are no longer on that Discord server.',
  );
  expect(more).toEqual([]);
  await expectKept(scene);

  // Back on the server, what is theirs finds them.
  double.join(guild, users.tom);
  await until('2026-11-23T09:30:00Z');
  expectBrief(scene);
  expect(trouble(scene)).toHaveLength(1);
  expect(scene.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it('with messages closed and no channel to fall back on it is kept too, and said what to do', async () => {
  const scene = await newScene();
  const { double, users } = scene;
  const until = await working(scene);
  await scene.say('tom', 'me closed:thread');
  await scene.say('tom', 'followup add ring the school by:"today 3pm"');
  await scene.say('tom', 'followup add send the plan by:"today 4pm"');
  const before = scene.inbox('tom').length;
  users.tom.direct = 'closed';
  await until('2026-11-20T18:00:00Z');
  expect(scene.inbox('tom')).toHaveLength(before);
  const [told, ...more] = trouble(scene);
  expect(told?.words).toMatch(/They do not take direct messages.*Privacy Settings/);
  expect(more).toEqual([]);
  await expectKept(scene);

  users.tom.direct = 'open';
  await until('2026-11-23T09:30:00Z');
  expectBrief(scene);
  expect(scene.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});
