import { expect, it } from 'vitest';
import { members } from '../../../src/core/domain/members/member.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { ChatPlatform } from '../../doubles/chat-platform.ts';
import { memberId } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { newTestBot } from './test-bot.ts';

// The test bot's time begins on Wednesday 18 November 2026, 10:00 in London.

it("when a member's account is closed, their tasks are kept and the coordinator is told once", async () => {
  const testBot = await newTestBot();
  const { double, users, talk } = testBot;
  // Slack is the only place where Tom is.
  await updateWithRetry(talk.store.of(members), memberId(talk.id, 'tom'), (row) => ({
    ...row,
    identities: row.identities.filter(({ platform }) => platform === 'slack'),
  }));
  await namesChanged(talk.store);
  const platform = Object.assign(new ChatPlatform('slack'), testBot.convenor);
  const { until, errors } = await newWorker(talk, platform);
  await testBot.say('tom', 'followup add sweep the hall by:"today 2pm"');
  await testBot.say('tom', 'followup add ring the school by:"today 3pm"');
  await testBot.say('tom', 'followup add send the plan by:"tomorrow 11am"');
  await until('2026-11-18T14:00:00Z');
  expect(testBot.inbox('tom')).toEqual([expect.stringContaining('sweep the hall')]);

  await double.deactivate(users.tom);
  // Two days of reminders and briefs.
  await until('2026-11-20T18:00:00Z');
  expect(testBot.inbox('tom')).toHaveLength(1);
  const about = (words: string) => testBot.inbox('grace').filter((text) => text.includes(words));
  const [notice, ...more] = about("couldn't deliver");
  expect(notice).toContain('a reminder to Tom. They are no longer on Slack. Their tasks stay');
  expect(more).toEqual([]);

  const [closed, ...others] = about('is no longer in Slack');
  expect(closed).toContain('Tom is no longer in Slack (Riverside), so they no longer see anything');
  expect(closed).toContain('Still in their name: 3 follow-ups');
  expect(others).toEqual([]);

  const listed = JSON.stringify((await testBot.say('grace', 'followup list everyone')).reply);
  for (const title of ['ring the school', 'send the plan']) expect(listed).toContain(title);
  // Somebody else takes the task on, and is reminded from then on.
  await testBot.say('grace', `member left <@${users.tom.id}> to:<@${users.maya.id}>`);
  await until('2026-11-20T18:30:00Z');
  expect(testBot.inbox('maya').at(-1)).toContain('could you take this on?');
  const from = `#${memberId(talk.id, 'tom')}`;
  const accepted = await talk.invoke('maya', 'handover accept', { from });
  expect(accepted.text).toContain('Yours now');
  await testBot.say('maya', 'followup edit ring the school by:"monday 3pm"');
  await until('2026-11-23T15:00:00Z');
  expect(testBot.inbox('maya').at(-1)).toContain('ring the school');
  expect(about("couldn't deliver")).toHaveLength(1);
  expect([...errors, ...talk.errors]).toEqual([]);
  expect(double.violations).toEqual([]);
});
