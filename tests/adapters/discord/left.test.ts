import { expect, it } from 'vitest';
import { members } from '../../../src/core/domain/members/member.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { memberId } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

// The test bot's time begins on Wednesday 18 November 2026, 10:00 in London.

/** Moves the time, both Discord's and the worker's. */
async function working({ convenor, talk, double }: DiscordTestBot) {
  await convenor.start(talk.bot);
  const { send, edit, findSent, profileOf } = convenor;
  const own = { send, edit, findSent, profileOf };
  const platform = Object.assign(new ChatPlatform('discord'), own);
  const { until } = await newWorker(talk, platform);
  return async (iso: string) => {
    double.world.pass(Date.parse(iso) - double.world.now());
    await until(iso);
  };
}

/** The notices to Grace about somebody who has left the server. */
const departures = (testBot: DiscordTestBot) =>
  testBot.inbox('grace').filter(({ words }) => words.includes('is no longer in Discord'));

/** The notices to Grace about messages that could not be delivered. */
const trouble = (testBot: DiscordTestBot) =>
  testBot.inbox('grace').filter(({ words }) => words.includes("couldn't deliver"));

/** Expects both of Tom's tasks to be open still. */
async function expectKept(testBot: DiscordTestBot): Promise<void> {
  const { words } = await testBot.say('grace', 'followup list everyone');
  for (const title of ['ring the school', 'send the plan']) expect(words).toContain(title);
}

/** Expects the brief of the next Monday to list what is overdue by then. */
function expectBrief(testBot: DiscordTestBot): void {
  const brief = testBot.inbox('tom').at(-1)?.words;
  for (const title of ['ring the school', 'send the plan']) expect(brief).toContain(title);
}

it('when a member leaves the server, their tasks are kept and the coordinator is told once', async () => {
  const testBot = await newTestBot();
  const { double, guild, users, talk } = testBot;
  await updateWithRetry(talk.store.of(members), memberId(talk.id, 'tom'), (row) => ({
    ...row,
    identities: row.identities.filter(({ platform }) => platform === 'discord'),
  }));
  await namesChanged(talk.store);
  const until = await working(testBot);
  await testBot.say('tom', 'followup add ring the school by:"today 3pm"');
  await testBot.say('tom', 'followup add send the plan by:"tomorrow 11am"');
  const before = testBot.inbox('tom').length;
  double.depart(guild, users.tom);
  // Two days of reminders and briefs.
  await until('2026-11-20T18:00:00Z');
  expect(testBot.inbox('tom')).toHaveLength(before);
  const [notice, ...more] = departures(testBot);
  expect(notice?.words).toContain('**tom** is no longer in Discord (Riverside)');
  expect(notice?.words).toContain('2 follow-ups');
  expect(more).toEqual([]);
  expect(trouble(testBot)).toEqual([]);
  await expectKept(testBot);

  // When they are back on the server, their messages reach them once a coordinator has let them in again.
  double.join(guild, users.tom);
  await until('2026-11-20T18:30:00Z');
  expect(testBot.inbox('tom')).toHaveLength(before);
  await testBot.say('grace', 'member add tom');
  await until('2026-11-23T09:30:00Z');
  expectBrief(testBot);
  expect(departures(testBot)).toHaveLength(1);
  expect(trouble(testBot)).toEqual([]);
  expect(testBot.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it('with direct messages closed and no channel to use instead, tasks are kept too, and Convenor says what to do', async () => {
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
  const [notice, ...more] = trouble(testBot);
  expect(notice?.words).toMatch(/They do not take direct messages.*Privacy Settings/);
  expect(more).toEqual([]);
  await expectKept(testBot);

  users.tom.direct = 'open';
  await until('2026-11-23T09:30:00Z');
  expectBrief(testBot);
  expect(testBot.talk.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});
