import { expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// Wed 18 Nov 2026.
async function start(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Council', 'Shores Centre'])
    await talk.say('grace', `partner add "${name}"`);
  return talk;
}

it('notes a meeting with a partner in plain words, and says it where somebody looks the partner up', async () => {
  const talk = await start();
  const noted = await talk.say('maya', 'meeting riverside council thursday 11am with Jane');
  expect(noted.text).toContain(
    'Noted: you meet Riverside Council on Thu 19 Nov, 11:00 – with Jane.',
  );
  expect(noted.buttons).toEqual(['Change', 'Undo']);
  const line = 'Next meeting: Thu 19 Nov, 11:00 – with Jane (Maya)';
  expect((await talk.say('tom', 'partner show riverside council')).text).toContain(line);
  expect((await talk.say('tom', 'prepare riverside council')).text).toContain(line);
  const undone = await talk.press('maya', 'Undo', noted);
  expect(undone.text).toContain('the meeting with Riverside Council is gone');
  expect((await talk.say('tom', 'partner show riverside council')).text).not.toContain(
    'Next meeting',
  );
});

it('asks whose meeting it is when only a day is said, and keeps the words', async () => {
  const talk = await start();
  const asked = await talk.say('maya', 'meeting tuesday');
  expect(asked.text).toContain('The meeting on "tuesday": ours, or with a partner?');
  const ours = await talk.press('maya', 'Ours: remind me', asked);
  expect(ours.text).toContain('Our meeting by Tue 24 Nov');
  expect(
    (await talk.press('maya', 'With a partner', asked)).form?.fields.map(({ name }) => name),
  ).toEqual(expect.arrayContaining(['with', 'when']));
});

it.each([
  'meeting with the trust on tuesday at 10',
  'meeting riverside council went well on tuesday',
  'meeting at the shores centre weds 6pm',
])('does not take "%s" for a meeting with a partner', async (line) => {
  const talk = await start();
  expect((await talk.say('maya', line)).text).not.toContain('you meet');
});

it('hides the words of a meeting from somebody who belongs to the partner', async () => {
  const talk = await start();
  await talk.say('maya', 'meeting riverside council thursday 11am about the cuts');
  await talk.say('tom', 'today');
  await talk.say('grace', 'member tie @tom "riverside council"');
  const story = await talk.say('tom', 'partner show riverside council');
  expect(story.text).toContain('Next meeting: Thu 19 Nov');
  expect(story.text).not.toContain('cuts');
});

it('goes with the partner when it is merged', async () => {
  const talk = await start();
  await talk.say('maya', 'meeting riverside council thursday 11am');
  const merge = await talk.say('grace', 'partner merge riverside council into shores centre');
  const yes = merge.buttons.find((label) => /^merge/i.test(label));
  if (yes) await talk.press('grace', yes, merge);
  expect((await talk.say('tom', 'partner show shores centre')).text).toContain(
    'Next meeting: Thu 19 Nov',
  );
});

it('asks its author after the day, at most twice, until something is noted', async () => {
  const talk = await start();
  await talk.say('maya', 'meeting riverside council thursday 11am with Jane');
  const question = 'Did the meeting with Riverside Council take place?';
  expect((await talk.say('maya', 'today')).text).not.toContain(question);
  const worker = await newWorker(talk);
  await worker.until('2026-12-18T10:00:00Z');
  const asked = worker.inbox('maya').filter((text) => text.includes(question));
  expect(asked).toHaveLength(2);
});

it('takes the contact as the answer, and opens its form filled in', async () => {
  const talk = await start();
  await talk.say('maya', 'meeting riverside council thursday 11am with Jane');
  talk.clock.set('2026-11-20T10:00:00Z');
  const today = await talk.say('maya', 'today');
  expect(today.text).toContain('Did the meeting with Riverside Council take place?');
  expect(today.buttons).toEqual(
    expect.arrayContaining(['It happened', "It didn't", 'Another day']),
  );
  const { form } = await talk.press('maya', 'It happened', today);
  expect(JSON.stringify(form)).toContain('with Jane');
  await talk.say('maya', 'log riverside council met Jane when:yesterday');
  expect((await talk.say('maya', 'today')).text).not.toContain('take place?');
});

it('asks coordinators about the meetings of somebody who has left', async () => {
  const talk = await start();
  await talk.say('tom', 'meeting riverside council thursday 11am');
  await talk.say('grace', 'member left @tom');
  talk.clock.set('2026-11-20T10:00:00Z');
  const left = await talk.say('grace', 'today');
  expect(left.text).toContain('Did the meeting with Riverside Council take place?');
  const off = await talk.press('grace', "It didn't", left);
  expect(off.text).toContain('Noted: no meeting with Riverside Council on Thu 19 Nov, 11:00.');
});

it('does not nudge about a quiet partner that somebody is about to meet', async () => {
  const nudges = async (line: string) => {
    const talk = await start();
    await talk.say('tom', 'partner edit riverside council lead:@tom every:"1 week"');
    await talk.say('tom', 'log riverside council all well when:"9 Nov"');
    await talk.say('tom', line);
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    return worker
      .inbox('tom')
      .filter((text) => /since (?:anyone|anybody|you) |for a while|quiet/.test(text));
  };
  expect(await nudges('today')).not.toEqual([]);
  expect(await nudges('meeting riverside council next wednesday 11am')).toEqual([]);
});
