import { expect, it } from 'vitest';
import {
  ADD_REMINDER,
  AFTER_REMINDER,
  ledgerRows,
  ledgerSuite,
  newPlatformWorker,
} from '../ledger.suite.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

/** A worker that sends on Discord, and a Convenor that listens there. */
async function working(testBot: DiscordTestBot) {
  await testBot.convenor.start(testBot.talk.bot);
  return newPlatformWorker('discord', testBot);
}

const words = (testBot: DiscordTestBot, who: 'tom' | 'grace', about: string) =>
  testBot.inbox(who).filter((message) => message.words.includes(about));

const AT_THREE = '2026-11-18T15:00:00Z';

ledgerSuite<DiscordTestBot>({
  newTestBot,
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
  messageCount: ({ double }, id) => double.world.messages.get(id)?.length ?? 0,
  remove: ({ double, guild }) => double.uninstall(guild),
});

it('a reminder comes at its time, is put off by its button, and comes again', async () => {
  const testBot = await newTestBot();
  const worker = await working(testBot);
  const { double, users } = testBot;
  await testBot.say('tom', ADD_REMINDER);
  await worker.until(AT_THREE);
  const reminders = () =>
    words(testBot, 'tom', 'ring the school').filter(({ buttons }) => buttons.length);
  const reminder = testBot.inbox('tom').at(-1);
  if (!reminder) throw new Error('Nothing came.');
  expect(reminder).toMatchObject({ ephemeral: false, pings: [] });
  const person = double.as(users.tom);
  const asked = await (await person.press(reminder, 'Later')).reply();
  const soon = asked.buttons.find((label) => /20 minutes/i.test(label)) ?? '';
  expect((await (await person.press(asked, soon)).reply()).words).toContain('Put off');
  const before = reminders().length;
  await worker.until('2026-11-18T15:25:00Z');
  expect(reminders()).toHaveLength(before + 1);
  const again = testBot.inbox('tom').at(-1);
  const done = again && (await (await person.press(again, 'Done')).reply());
  expect(done?.words).toContain('ring the school');
  expect(worker.errors).toEqual([]);
  expect(double.violations).toEqual([]);
  expect(testBot.warnings).toEqual([]);
});

it('a brief comes in the morning, and shows what was done in it', async () => {
  const testBot = await newTestBot();
  const worker = await working(testBot);
  const { double, users } = testBot;
  await testBot.say('tom', 'followup add send the plan by:tomorrow');
  await worker.until('2026-11-19T09:01:00Z');
  const brief = testBot.inbox('tom').at(-1);
  expect(brief?.words).toContain('send the plan');
  if (!brief) throw new Error('There is no brief.');
  const person = double.as(users.tom);
  const done = await (brief.buttons.includes('Done')
    ? person.press(brief, 'Done')
    : person.pick(brief, 'What to do…', 'Done'));
  expect(await done.reply()).toMatchObject({ id: brief.id, edited: true });
  const today = await (await person.slash('today')).reply();
  expect(today.words).not.toContain('send the plan');
  expect(worker.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it("the digest is posted in its channel, and found there when Discord's answer was lost", async () => {
  const testBot = await newTestBot();
  const { double, guild, users } = testBot;
  const news = double.addChannel(guild, { name: 'news' });
  const worker = await working(testBot);
  await testBot.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await testBot.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  double.faults.next('create_message', 'lost answer', { channel: news.id });
  await worker.until('2026-11-20T16:00:00Z');
  expect(double.sees(users.maya, news)).toHaveLength(1);
  expect(words(testBot, 'grace', "can't tell")).toEqual([]);
  expect(await ledgerRows(testBot, 'digest')).toMatchObject([{ state: 'sent' }]);
});

it('nothing is lost or doubled while Discord limits the rate', async () => {
  const testBot = await newTestBot();
  const worker = await working(testBot);
  await testBot.say('tom', ADD_REMINDER);
  const before = testBot.inbox('tom').length;
  testBot.double.faults.next('create_message', { rateLimited: 1 });
  await worker.until(AFTER_REMINDER);
  await expect
    .poll(
      async () => {
        await worker.until(new Date(testBot.talk.clock.now().getTime() + 5_000).toISOString());
        return testBot.inbox('tom').length;
      },
      { timeout: 10_000 },
    )
    .toBe(before + 1);
  expect(testBot.inbox('tom').at(-1)?.words).not.toContain('repeat');
});
