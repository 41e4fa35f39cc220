import { beforeEach, describe, expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

// Lines that were taken for something else, or were answered without help.

let talk: Talk;
beforeEach(async () => {
  talk = await newTalk();
  await talk.invoke('grace', 'partner import', {
    file: 'name\nThe Shores Centre\nGroundwork UK\nHighfield Primary School\nMarsh Lane School',
    confirm: 'yes',
  });
});

describe('a second partner that may be one of several', () => {
  it.each(['chatted to groundwork and the school', 'log groundwork and the school met on monday'])(
    'is asked about: %s',
    async (line) => {
      const asked = await talk.say('maya', line);
      expect(asked.text).toContain(
        'That names Groundwork UK, and perhaps Highfield Primary School or Marsh Lane School.',
      );
      const noted = await talk.press('maya', 'Marsh Lane School', asked);
      expect(noted.text).toMatch(/Marsh Lane School: .*with Groundwork UK/);
    },
  );

  it('is named in full, although both together look like one name', async () => {
    const asked = await talk.say('maya', 'followup add send flyers with:shores and groundwork');
    expect(asked.buttons).toEqual(['The Shores Centre', 'Groundwork UK', 'Cancel']);
  });

  it.each(['log groundwork and talked about the school', 'log groundwork and the rain was awful'])(
    'is not looked for in what happened: %s',
    async (line) => {
      expect((await talk.say('maya', line)).text).toMatch(/^Noted, thanks\. Groundwork UK/);
    },
  );
});

describe('something to do that is done', () => {
  it.each(['I posted the flyers', "we've already posted flyers today", 'the flyers are posted'])(
    'is ticked off with one press: %s',
    async (line) => {
      await talk.say('maya', 'followup add post the flyers by:friday');
      const asked = await talk.say('maya', line);
      expect(asked.text).toContain('Is that done: post the flyers?');
      const done = await talk.press('maya', 'Done: post the flyers', asked);
      expect(done.text).toContain('Done, thank you: post the flyers.');
    },
  );

  it('is not offered to somebody who has nothing like that', async () => {
    await talk.say('tom', 'followup add post the flyers by:friday');
    const asked = await talk.say('maya', 'I posted the flyers');
    expect(asked.text).toContain("I've kept your words.");
    expect(asked.text).not.toContain('Is that done');
  });
});

it.each([
  ['away 23 nov - 4 dec', '4 dec'],
  ['off from monday until 2 December', '2 December'],
])('somebody who is away can pause: %s', async (line, until) => {
  const asked = await talk.say('maya', line);
  const paused = await talk.press('maya', `Pause until ${until}`, asked);
  expect(paused.text).toMatch(/Paused until \w+ [24] Dec/);
});

it('nobody who is off to do something is taken for away', async () => {
  const { text } = await talk.say('maya', 'off to see groundwork on friday');
  expect(text).toContain('Groundwork UK');
});

it('somebody is asked to do what is not on the list yet', async () => {
  const asked = await talk.say('tom', 'followup ask count the chairs who:maya');
  expect(asked.text).toBe('"count the chairs" isn\'t on the list. Shall I add it, and ask Maya?');
  expect((await talk.press('tom', 'Ask Maya', asked)).text).toContain("I'm asking Maya");
});

it('a holiday of some partners is read with a colon too', async () => {
  const said = await talk.say('grace', 'settings holiday:"26 Mar - 7 May" level:local');
  expect(said.text).toContain('local partners are away, Fri 26 Mar to Fri 7 May 2027');
});

it('a word with a colon can be part of a title, whatever is wrong with it', async () => {
  const asked = await talk.say('maya', 'followup add note bus times: 8 and 9');
  const added = await talk.press('maya', "It's part of the title", asked);
  expect(added.text).toContain('note bus times: 8 and 9');
});

it('a repeat on two days of the week is read in words', async () => {
  const { text } = await talk.say('maya', 'followup add unlock the hall on mondays and thursdays');
  expect(text).toMatch(/^Noted\. Yours to do: unlock the hall by .* every Monday and Thursday\./);
});

describe('whom a line is about', () => {
  it('a name ends before the day', async () => {
    const asked = await talk.say('maya', 'had a chat with the vicar of zzz church this morning');
    expect(asked.buttons).toContain('Add The Vicar of Zzz Church');
  });

  it('the group that somebody is from is offered, also by a part of its name', async () => {
    const asked = await talk.say('maya', 'saw Jane from the school at the fete, she has the keys');
    expect(asked.text).toContain('Which group is Jane with?');
    expect(asked.buttons.slice(0, 2)).toEqual(['Highfield Primary School', 'Marsh Lane School']);
    expect((await talk.press('maya', 'Marsh Lane', asked)).text).toContain('she has the keys');
  });

  it.each(['who knows the centre?', 'what did we last say to the centre?'])(
    'is asked by the words of its name only: %s',
    async (line) => {
      const asked = await talk.say('maya', line);
      expect(asked.text).toBe('Which partner did you mean by "the centre"?');
      expect(asked.buttons).toEqual(['The Shores Centre', 'Cancel']);
    },
  );
});

it('history says what other names there were', async () => {
  await talk.say('tom', 'partner edit groundwork uk aliases:"GW, Ground"');
  await talk.say('tom', 'partner edit groundwork uk aliases:none');
  const { text } = await talk.say('grace', 'history groundwork uk');
  expect(text).toContain('removed the other names, which were GW, Ground');
});

it.each([
  'log groundwork the cuts are hitting them hard',
  'log groundwork the prices are hurting her shop',
  'log groundwork we are hitting our targets',
  'log groundwork the closure is hurting the young people here',
])('is no worry about somebody: %s', async (line) => {
  expect((await talk.say('maya', line)).text).toMatch(/^Noted, thanks\. Groundwork UK/);
});

it('a day on which something is ready is not that of the contact', async () => {
  const said = await talk.say('maya', 'log groundwork texted to say spades are ready sat 10am');
  expect(said.text).toContain('in touch today – texted to say spades are ready sat 10am.');
  expect(said.buttons).toContain('Remind me by Sat 21 Nov, 10:00');
});

it('a day after another clause is that of the contact', async () => {
  const said = await talk.say('maya', 'log groundwork the roof is mended, spoke on tuesday');
  expect(said.text).toContain('in touch on Tue 17 Nov – the roof is mended, spoke.');
});

it('"the school" is not offered as a new partner where one is known', async () => {
  const asked = await talk.say('maya', 'i rang the school');
  expect(asked.buttons.some((label) => label.startsWith('Add'))).toBe(false);
  expect(asked.buttons).toContain('Marsh Lane School');
});

it('who has not been in touch is asked', async () => {
  const said = await talk.say('grace', "who hasn't been in touch?");
  expect(said.text).toContain('has gone quiet');
});
