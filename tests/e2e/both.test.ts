import { expect, it } from 'vitest';
import { openLinked } from './both.ts';

// Time begins on Wednesday 18 November 2026, 10:00 in London.

it('a request from Slack is accepted, reminded of and done on Discord, and Slack shows it', async () => {
  const testBot = await openLinked();
  const { onSlack, onDiscord, maya, tom, type, there, until } = testBot;
  const { onDiscordAbout, onSlackAbout, homeShows } = testBot;
  const asked = `followup add ring the school by:"tomorrow 3pm" who:<@${tom.id}>`;
  expect((await type(maya, asked)).words).toContain("I'm asking");
  await until('2026-11-18T11:00:00Z');
  const [request, ...others] = onDiscordAbout('ring the school');
  if (!request) throw new Error('Tom was not asked.');
  expect(others).toEqual([]);
  expect(request.words).toContain('Maya asks');
  expect((await (await there.press(request, 'Yes')).reply()).words).toContain('is yours now');
  await homeShows('with it', (words) => words.includes('ring the school'));

  // The morning brief names it too, with what he has noted in either place.
  await (await there.slash('convenor', { line: 'followup add send the plan by:tomorrow' })).reply();
  await type(tom, 'followup add book the hall by:tomorrow');
  await until('2026-11-19T14:00:00Z');
  const [brief, ...more] = onDiscordAbout('Hello Tom');
  expect(more).toEqual([]);
  for (const title of ['ring the school', 'send the plan', 'book the hall'])
    expect(brief?.words).toContain(title);
  expect(onSlack.sees(maya, onSlack.directOf(maya)).map(({ words }) => words)).toContainEqual(
    expect.stringContaining('will do it'),
  );

  await until('2026-11-19T15:01:00Z');
  const [reminder] = onDiscordAbout('A reminder');
  if (!reminder) throw new Error('Tom was not reminded.');
  const done = await (await there.press(reminder, 'Done')).reply();
  expect(done).toMatchObject({ id: reminder.id, edited: true });
  expect(done.words).toContain('ring the school');
  const isDone = (words: string) =>
    words.includes('send the plan') && !words.includes('ring the school');
  await homeShows('without it', isDone);
  const list = await type(tom, 'followup list');
  expect(list.words).not.toContain('ring the school');

  // It does not come again, and nothing comes to Slack until he asks for that.
  await until('2026-11-19T20:00:00Z');
  expect(onDiscordAbout('A reminder')).toEqual([]);
  expect(onDiscordAbout('Hello Tom')).toHaveLength(1);
  for (const about of ['Hello Tom', 'ring the school', 'A reminder'])
    expect(onSlackAbout(about)).toEqual([]);
  await (await there.slash('convenor', { line: 'me prefers:slack' })).reply();
  await until('2026-11-20T10:00:00Z');
  expect(onSlackAbout('Hello Tom')).toHaveLength(1);
  expect(onDiscordAbout('Hello Tom')).toHaveLength(1);

  expect(testBot.warnings).toEqual([]);
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);
