import { expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

// The fixture's clock starts on Wednesday 18 November 2026.

async function withSchool(): Promise<{ talk: Talk; story(): Promise<string> }> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School');
  return { talk, story: async () => (await talk.say('grace', 'partner show oakfield')).text };
}

it('says of nobody who only tried that they have been in touch', async () => {
  const { talk, story } = await withSchool();
  await talk.say('tom', 'log oakfield school rang how:call noreply');
  expect(await story()).toContain('Nobody has reached them yet');
  expect(await story()).toContain('Tom: called today, no reply – rang');
  expect(await story()).not.toContain('has been in touch');

  await talk.say('maya', 'log oakfield school met when:2026-11-02');
  expect(await story()).toContain('Last spoken with on Mon 2 Nov. Goes quiet on');
  expect(await story()).toContain('Only Maya has been in touch, last on Mon 2 Nov.');
  expect(await story()).toContain('no reply – rang');
});

it('does not count those who have left, and says so when nobody else is left', async () => {
  const { talk, story } = await withSchool();
  await talk.say('tom', 'log oakfield school met when:2026-11-02');
  await talk.say('maya', 'log oakfield school met when:2026-11-03');
  expect(await story()).toContain('Who has been in touch: Maya (Tue 3 Nov), Tom (Mon 2 Nov).');
  await talk.say('grace', 'member left <@maya>');
  expect(await story()).toContain(
    'Of those who are still here, only Tom has been in touch, last on Mon 2 Nov.',
  );
  await talk.say('grace', 'member left <@tom>');
  expect(await story()).toContain(
    'Nobody who is still here has been in touch. Maya, who has left, was, last on Tue 3 Nov.',
  );
});

it('tells somebody tied to the partner that somebody tried, without who and how', async () => {
  const { talk } = await withSchool();
  await talk.say('tom', 'log oakfield school left a message how:call noreply');
  await talk.say('grace', 'member tie @Maya oakfield school');
  const { text } = await talk.say('maya', 'partner show oakfield');
  expect(text).toContain('Somebody tried to reach them on Wed 18 Nov');
  expect(text).not.toMatch(/A contact on|Tom|message/);
});
