import { expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

it('tells how the relationship has changed, with each day and author', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School level:local kinds:"information sharing"');
  talk.clock.set('2027-03-01T10:00:00Z');
  await talk.say('tom', 'partner edit oakfield school stage:active lead:me');
  talk.clock.set('2028-05-02T10:00:00Z');
  await talk.say('grace', 'partner edit oakfield school kinds:co-producing');
  await talk.say('maya', 'log oakfield school met them today');
  const story = await talk.say('maya', 'partner show oakfield school');
  const said = await talk.press('maya', 'How it has changed', story);
  expect(said.text).toBe(
    [
      'Oakfield School: from information sharing in 2026 to co-producing in 2028.',
      'Wed 18 Nov 2026, Grace: added it · information sharing · new · local',
      'Mon 1 Mar 2027, Tom: active (before: new); Tom leads it',
      'Tue 2 May, Grace: co-producing (before: information sharing)',
    ].join('\n'),
  );
  expect(said.buttons).toEqual(['See everything']);
  expect((await talk.say('maya', 'journey oakfield school')).text).toBe(said.text);
  expect((await talk.say('maya', 'how have things changed with oakfield school?')).text).toBe(
    said.text,
  );
});

it('says so if nothing has changed', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School');
  expect((await talk.say('maya', 'journey oakfield school')).text).toContain(
    'Oakfield School is as it was at first.',
  );
});

it('stays after thirty days, and is not shown to somebody tied to the partner', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Riverside Council kinds:contracting');
  talk.clock.set('2026-12-18T10:00:00Z');
  await talk.say('grace', 'partner edit riverside council kinds:commissioning');
  talk.clock.set('2027-12-18T10:00:00Z');
  await talk.say('grace', 'member tie @Maya riverside council');
  expect((await talk.say('tom', 'journey riverside council')).text).toContain(
    'from contracting on Wed 18 Nov 2026 to commissioning on Fri 18 Dec 2026.',
  );
  const tied = await talk.say('maya', 'journey riverside council');
  expect(tied.text).toBe(
    "You're part of Riverside Council, so how things have changed with it is not shown here.",
  );
  expect((await talk.say('maya', 'partner show riverside council')).buttons).not.toContain(
    'How it has changed',
  );
});
