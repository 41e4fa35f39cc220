import { expect, it } from 'vitest';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

// The testBot's time begins on Wednesday 18 November 2026, 10:00 in London.

/** Lets time pass at Discord and for a worker alike. */
async function working({ convenor, talk, double }: DiscordTestBot) {
  await convenor.start(talk.bot);
  const { send, edit, findSent } = convenor;
  const platform = Object.assign(new ChatPlatform('discord'), { send, edit, findSent });
  const { until } = await newWorker(talk, platform);
  return async (iso: string) => {
    double.world.pass(Date.parse(iso) - double.world.now());
    await until(iso);
  };
}

/** What Grace was told that could not be delivered. */
const trouble = (testBot: DiscordTestBot) =>
  testBot.inbox('grace').filter(({ words }) => words.includes("couldn't deliver"));

/** Everything that is open, which both of Tom's are. */
async function expectKept(testBot: DiscordTestBot): Promise<void> {
  const { words } = await testBot.say('grace', 'followup list everyone');
  for (const title of ['ring the school', 'send the plan']) expect(words).toContain(title);
}

/** The brief of the next Monday, with what is late by then. */
function expectBrief(testBot: DiscordTestBot): void {
  const brief = testBot.inbox('tom').at(-1)?.words;
  for (const title of ['ring the school', 'send the plan']) expect(brief).toContain(title);
}

it('what somebody is owed who has left the server is kept, and the coordinator hears of it once', async () => {
  const testBot = await newTestBot();
  const { double, guild, users } = testBot;
  const until = await working(testBot);
  await testBot.say('tom', 'followup add ring the school by:"today 3pm"');
  await testBot.say('tom', 'followup add send the plan by:"tomorrow 11am"');
  const before = testBot.inbox('tom').length;
  double.depart(guild, users.tom);
  // Reminders and briefs of two days.
  await until('2026-11-20T18:00:00Z');
  expect(testBot.inbox('tom')).toHaveLength(before);
  const [told, ...more] = trouble(testBot);
  expect(told?.words).toContain(
    'a reminder to **tom**. They are no longer on that Discord server.',
  );
  expect(more).toEqual([]);
  await expectKept(testBot);

  // Back on the server, what is theirs finds them.
  double.join(guild, users.tom);
  await until('2026-11-23T09:30:00Z');
  expectBrief(testBot);
  expect(trouble(testBot)).toHaveLength(1);
  expect(testBot.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it('with messages closed and no channel to fall back on it is kept too, and said what to do', async () => {
  const testBot = await newTestBot();
  const { double, users } = testBot;
  const until = await working(testBot);
  await testBot.say('tom', 'me closed:thread');
  await testBot.say('tom', 'followup add ring the school by:"today 3pm"');
  await testBot.say('tom', 'followup add send the plan by:"today 4pm"');
  const before = testBot.inbox('tom').length;
  users.tom.direct = 'closed';
  await until('2026-11-20T18:00:00Z');
  expect(testBot.inbox('tom')).toHaveLength(before);
  const [told, ...more] = trouble(testBot);
  expect(told?.words).toMatch(/They do not take direct messages.*Privacy Settings/);
  expect(more).toEqual([]);
  await expectKept(testBot);

  users.tom.direct = 'open';
  await until('2026-11-23T09:30:00Z');
  expectBrief(testBot);
  expect(testBot.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});
