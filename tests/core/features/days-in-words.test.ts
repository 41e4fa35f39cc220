import { describe, expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

async function withPartners(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Shores Centre', 'Withernsea High School'])
    await talk.say('grace', `partner add "${name}"`);
  return talk;
}

describe('a day in the words of a promise', () => {
  it.each([
    ['ring the school tomorrow at 3', 'ring the school', 'Thu 19 Nov 2026, 15:00'],
    ['tomorrow ring the office', 'ring the office', 'Thu 19 Nov'],
    ['take the minutes round by friday', 'take the minutes round', 'Fri 20 Nov'],
    ['check the boiler in 20 minutes', 'check the boiler', 'Wed 18 Nov 2026, 10:20'],
    ['ring Bob 5pm', 'ring Bob', 'Wed 18 Nov 2026, 17:00'],
    ['next week to walk the site', 'walk the site', 'Wed 25 Nov'],
    ['order seeds due 9 may', 'order seeds', 'Sun 9 May 2027'],
    ['25/11 13:00 meet the plumber', 'meet the plumber', 'Wed 25 Nov 2026, 13:00'],
  ])('%s', async (line, title, due) => {
    const talk = await withPartners();
    const said = await talk.say('maya', `followup add ${line}`);
    expect(said.text).toContain(`Yours to do: ${title} by ${due}.`);
    expect(said.buttons).toContain('No, just words');
    const back = await talk.press('maya', 'No, just words', said);
    expect(back.text).toContain(`OK, just words. Yours to do: ${line} by Wed 25 Nov.`);
    expect((await talk.say('maya', 'followup list')).text).toContain(`${line} · by Wed 25 Nov`);
    expect(talk.errors).toEqual([]);
  });

  it('that may belong to the words is offered, not taken', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'followup add print the Friday lunch club poster');
    expect(said.text).toContain('print the Friday lunch club poster by Wed 25 Nov');
    expect(said.buttons).toContain('By Fri 20 Nov');
    const pressed = await talk.press('maya', 'By Fri 20 Nov', said);
    expect(pressed.text).toContain('print the Friday lunch club poster by Fri 20 Nov');
  });

  it('that may be one of several, or is none, is asked', async () => {
    const talk = await withPartners();
    const two = await talk.say('maya', 'followup add ring the office on friday or monday');
    expect(two.buttons).toEqual([
      'Fri 20 Nov',
      'Mon 23 Nov',
      'Another day',
      'No, just words',
      'Cancel',
    ]);
    expect((await talk.press('maya', 'Mon 23 Nov', two)).text).toContain(
      'ring the office by Mon 23 Nov',
    );
    const none = await talk.say('maya', 'followup add book the hall on 31 feb');
    expect(none.text).toContain('February has 28 days in 2027');
    const kept = await talk.press('maya', 'No, just words', none);
    expect(kept.text).toContain('book the hall on 31 feb by Wed 25 Nov');
  });

  it('that was given in another way is left in the words', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'followup add plan the monday rota by:friday');
    expect(said.text).toContain('plan the monday rota by Fri 20 Nov');
    expect(said.buttons).toEqual(['Change', 'Undo']);
  });

  it('without any, others are offered', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'followup add buy milk');
    expect(said.buttons).toEqual(['By tomorrow', 'By Fri 20 Nov', 'Change', 'Undo']);
    expect((await talk.press('maya', 'By tomorrow', said)).text).toContain('by Thu 19 Nov');
  });

  it('is read for the promise of a contact, too', async () => {
    const talk = await withPartners();
    const inWords = await talk.say(
      'maya',
      'log shores centre rang about stalls next:"send the list tomorrow at 9"',
    );
    expect(inWords.text).toContain('Yours to do: send the list by Thu 19 Nov 2026, 09:00.');
    const back = await talk.press('maya', 'No, just words', inWords);
    expect(back.text).toContain('send the list tomorrow at 9 by Wed 25 Nov');
    const after = await talk.say(
      'maya',
      'log shores centre rang about stalls next:"send the list" by friday',
    );
    expect(after.text).toContain(
      'in touch today – rang about stalls. Yours to do: send the list by Fri 20 Nov',
    );
  });
});

describe('a repeat in the words of a promise', () => {
  it('is taken, and taken back by one press', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'followup add put the bins out every tuesday at 7pm');
    expect(said.text).toContain('put the bins out by Tue 24 Nov 2026, 19:00');
    expect(said.text).toContain('It repeats every Tuesday at 19:00.');
    const back = await talk.press('maya', 'No, just words', said);
    expect(back.text).toContain('put the bins out every tuesday at 7pm by Wed 25 Nov');
    expect((await talk.say('maya', 'followup list')).text).not.toContain('every Tuesday ·');
  });

  it.each([
    ['water the plants every 2 weeks', 'On Thursday', 'every 2 weeks on Thursday'],
    ['ring the council weekly', 'On Monday', 'every Monday'],
    ['report to the board monthly', 'On the 1st', 'on the 1st'],
  ])('%s: asks on which day', async (line, label, repeats) => {
    const talk = await withPartners();
    const asked = await talk.say('maya', `followup add ${line}`);
    expect(asked.text).toContain('On which day shall');
    expect((await talk.press('maya', label, asked)).text).toContain(repeats);
  });

  it('is not seen in the name of a thing', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'followup add write the weekly report');
    expect(said.text).toContain('write the weekly report by Wed 25 Nov');
  });
});

describe('a day in a note', () => {
  it.each([
    ['met Jane last friday', 'in touch on Fri 13 Nov – met Jane.'],
    ['rang yesterday about the fair', 'in touch on Tue 17 Nov – rang about the fair.'],
    ['came round on monday', 'in touch on Mon 16 Nov – came round.'],
    ['3 days ago, talked about keys', 'in touch on Sun 15 Nov – talked about keys.'],
  ])('%s', async (note, says) => {
    const talk = await withPartners();
    const said = await talk.say('maya', `log shores centre ${note}`);
    expect(said.text).toBe(`Noted, thanks. Shores Centre: ${says}`);
    const back = await talk.press('maya', 'No, just words', said);
    expect(back.text).toBe(`Changed. Shores Centre: in touch today – ${note}.`);
  });

  it('that is the day of something else is not the day of the contact', async () => {
    const talk = await withPartners();
    for (const note of ['talked about the fair on friday', 'their open day is on 12 dec at 2pm']) {
      const said = await talk.say('maya', `log shores centre ${note}`);
      expect(said.text).toContain(`in touch today – ${note}`);
      expect(said.buttons[0]).toMatch(/^Remind me by /);
    }
  });

  it('by which something is promised is offered as a reminder, with its words', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log shores centre promised to send the plan by friday');
    expect(said.text).toContain('promised to send the plan by friday');
    const pressed = await talk.press('maya', 'Remind me by Fri 20 Nov', said);
    expect(pressed.text).toContain(
      '(Shores Centre). Yours to do: promised to send the plan by Fri 20 Nov',
    );
  });

  it('a private note offers no reminder with its words', async () => {
    const talk = await withPartners();
    const said = await talk.say(
      'maya',
      'log shores centre their manager is leaving by friday private:yes',
    );
    expect(said.buttons.some((label) => label.startsWith('Remind me'))).toBe(false);
  });

  it('that does not exist is asked, with the words kept', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log shores centre met Jane on 31 feb');
    expect(said.text).toContain('February has 28 days');
    expect((await talk.press('maya', 'No, just words', said)).text).toContain(
      'in touch today – met Jane on 31 feb',
    );
  });
});

describe('a note that nobody answered', () => {
  it('is a try, and one press says that they did answer', async () => {
    const talk = await withPartners();
    await talk.say('maya', 'log shores centre met Jane when:2026-09-01');
    const said = await talk.say('maya', 'log shores centre rang, no answer');
    expect(said.text).toContain('tried to reach them today, no reply – rang, no answer');
    expect((await talk.say('grace', 'quiet')).text).toContain('Shores Centre');
    const pressed = await talk.press('maya', 'They did answer', said);
    expect(pressed.text).toContain('in touch today – rang, no answer');
    expect((await talk.say('grace', 'quiet')).text).not.toContain('Shores Centre:');
  });

  it('noreply:no says that somebody did', async () => {
    const talk = await withPartners();
    const said = await talk.say('maya', 'log shores centre no answer on the lease yet noreply:no');
    expect(said.text).toContain('in touch today');
  });
});

describe('two, where one is needed', () => {
  it.each(['Tom and Grace', '@Tom & @Grace', 'Tom, Grace'])(
    'who:%s asks which one',
    async (who) => {
      const talk = await withPartners();
      const asked = await talk.say('maya', `followup add set out chairs who:${who} by:friday`);
      expect(asked.text).toContain('You named Tom and Grace');
      const given = await talk.press('maya', 'Grace', asked);
      expect(given.text).toContain("To do: set out chairs by Fri 20 Nov. I'm asking Grace");
    },
  );

  it.each([
    'log shores centre and withernsea high school joint meeting',
    'log shores centre, withernsea high school joint meeting',
    'met shores centre and withernsea high school joint meeting',
  ])('%s: asks which one, and the note keeps the other', async (line) => {
    const talk = await withPartners();
    const asked = await talk.say('maya', line);
    expect(asked.text).toContain('That names Shores Centre and Withernsea High School.');
    const noted = await talk.press('maya', 'Withernsea High School', asked);
    expect(noted.text).toContain('– with Shores Centre: joint meeting');
  });

  it('words after one person or partner are theirs to keep', async () => {
    const talk = await withPartners();
    const task = await talk.say('grace', 'followup add ring Bob who:Tom and send the list');
    expect(task.text).toContain('Tom will do it: ring Bob and send the list');
    const note = await talk.say('maya', 'log shores centre met Jane and Bob');
    expect(note.text).toContain('met Jane and Bob');
  });
});

it('a promise that names a partner offers the tie', async () => {
  const talk = await withPartners();
  const said = await talk.say('maya', 'followup add ring the high school by:friday');
  expect(said.text).toContain('Is that for Withernsea High School?');
  await talk.press('maya', 'Yes, for Withernsea High School', said);
  expect((await talk.say('maya', 'followup list')).text).toContain(
    'ring the high school · Withernsea High School',
  );
  const none = await talk.say('maya', 'followup add ring the doctor by:friday');
  expect(none.text).not.toContain('Is that for');
});

it.each([
  ['phone', 'called'],
  ['zoom', 'met'],
  ['coffee', 'met'],
  ['text', 'messaged'],
  ['whatsapp', 'messaged'],
  ['letter', 'wrote'],
])('how:%s', async (how, verb) => {
  const talk = await withPartners();
  const said = await talk.say('maya', `log shores centre about the lease how:${how}`);
  expect(said.text).toBe(`Noted, thanks. Shores Centre: ${verb} today – about the lease.`);
});

it.each([
  ['zone:uk', 'Europe/London'],
  ['zone:BST', 'Europe/London'],
  ['time:0830', '08:30'],
  ['days:everyday', 'every day'],
])('me %s', async (setting, says) => {
  const talk = await newTalk();
  await talk.say('maya', 'me zone:UTC');
  expect((await talk.say('maya', `me ${setting}`)).text).toContain(says);
});
