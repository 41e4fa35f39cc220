import { expect, it } from 'vitest';
import {
  ADD_REMINDER,
  AFTER_REMINDER,
  ledgerRows,
  ledgerSuite,
  newPlatformWorker,
} from '../ledger.suite.ts';
import { newTestBot, type SlackTestBot } from './test-bot.ts';

const working = (testBot: SlackTestBot) => newPlatformWorker('slack', testBot);

ledgerSuite<SlackTestBot>({
  newTestBot,
  working,
  open: 'conversations.open',
  post: 'chat.postMessage',
  read: ({ inbox }, who) => inbox(who),
  closed: ({ double, team }) => double.addChannel(team, { name: 'news' }).id,
  remedy: 'I am not in that channel: type /invite',
  allow({ double }, id) {
    const channel = double.world.channels.get(id);
    if (channel) double.invite(channel, 'app');
  },
  messageCount: ({ double }, id) => double.world.messages.get(id)?.length ?? 0,
  remove({ double }) {
    for (const installation of double.world.installations) installation.state = 'uninstalled';
  },
});

it('nothing is lost or doubled while Slack limits the rate', async () => {
  const testBot = await newTestBot();
  const worker = await working(testBot);
  await testBot.say('tom', ADD_REMINDER);
  testBot.double.faults.next('chat.postMessage', { rateLimited: 60 }, { times: 3 });
  await worker.until(AFTER_REMINDER);
  const reminders = testBot.inbox('tom').filter((words) => words.includes('ring the school'));
  expect(reminders).toHaveLength(1);
  expect(reminders[0]).not.toContain('repeat');
  expect(await ledgerRows(testBot, 'reminder')).toMatchObject([{ state: 'sent', attempts: 4 }]);
});

it('when the outcome of a digest is unknown, the coordinator is asked, since the channel cannot be read', async () => {
  const testBot = await newTestBot();
  const { double, team } = testBot;
  const news = double.addChannel(team, { name: 'news' });
  double.invite(news, 'app');
  const worker = await working(testBot);
  await testBot.say('grace', `digest schedule channel:<#${news.id}> day:friday at:9am`);
  await testBot.say('tom', 'followup add send the plan by:"24 Nov 2026"');
  double.faults.next('chat.postMessage', 'lost answer', { channel: news.id });
  await worker.until('2026-11-20T16:00:00Z');
  expect(double.world.messages.get(news.id)).toHaveLength(1);
  expect(testBot.inbox('grace').filter((words) => words.includes("can't tell"))).toHaveLength(1);
});
