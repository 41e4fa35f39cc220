import { describe, expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

describe('lines as people write them', () => {
  it('never takes "I" for the name of a partner', async () => {
    const talk = await newTalk();
    const asked = await talk.say('maya', 'I sent the plan');
    const said = await talk.press('maya', 'I was in touch', asked);
    expect(said.buttons).not.toContain('Add I');
    expect(said.text).not.toContain("I don't know I yet");
  });

  it('reads a first name as a name, and not as a mistyped command', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Shores Centre"');
    const said = await talk.say('maya', 'jo from shores promised to send us the keys by monday');
    expect(said.text).not.toContain('Did you mean join');
    expect(said.text).toContain("I've kept your words");
  });

  it('"ring groundwork is done" ticks it off, and adds nothing', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'remind me to ring groundwork by friday');
    const said = await talk.say('maya', 'ring groundwork is done');
    expect(said.text).toBe('Done, thank you: ring groundwork.');
    expect((await talk.say('maya', 'followup list')).text).toContain('no open follow-ups');
  });

  it('"ring Jo when the plan is done" is still something to do', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', 'ring Jo when the plan is done');
    expect(said.text).toContain('Yours to do: ring Jo when the plan is done');
  });

  it.each(['yes', 'yes please', 'no, sorry', 'yes, I can'])(
    'does not say that it asked nothing, when a request waits: %s',
    async (line) => {
      const talk = await newTalk();
      await talk.say('maya', 'followup add ask Sue about the hall who:<@grace>');
      const said = await talk.say('grace', line);
      expect(said.text).toBe(
        "I can't tell what that answers. If I asked you something, please press its button.",
      );
      const today = await talk.press('grace', 'What is waiting for me', said);
      expect(today.buttons).toEqual(expect.arrayContaining(['Yes', "Sorry, can't"]));
    },
  );

  it.each(['remind me at 4pm today', 'remind me every monday'])(
    'asks what is to be done if only the day is there: %s',
    async (line) => {
      const talk = await newTalk();
      const said = await talk.say('maya', line);
      expect(said.text).toContain('but not what is to be done. What shall I put down?');
      expect((await talk.say('maya', 'followup list')).text).toContain('no open follow-ups');
    },
  );

  it('offers help once', async () => {
    const talk = await newTalk();
    const { buttons } = await talk.say('maya', 'this is useless');
    expect(buttons.filter((label) => label.toLowerCase() === 'help')).toHaveLength(1);
  });

  it('calls a change of settings so, where it can be undone', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'fewer how:dated');
    await talk.say('maya', 'followup add send the plan');
    const { buttons } = await talk.say('maya', 'undo');
    expect(buttons).toContain('Undo: your settings');
  });
});

it.each(['promised to', 'said they would'])(
  'offers to watch over what they %s do',
  async (words) => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Riverside Council"');
    const said = await talk.say('maya', `riverside council ${words} send the dates by friday`);
    const noted = await talk.press('maya', 'They promised it', said);
    expect(noted.text).toContain('They promised: send the dates by Fri 20 Nov');
  },
);

describe('a part of a name', () => {
  it.each(['tell me about the council', 'have we spoken to the council?'])(
    'asks which partner: %s',
    async (line) => {
      const talk = await newTalk();
      await talk.say('grace', 'partner add "Riverside Council"');
      const said = await talk.say('maya', line);
      expect(said.text).toContain('Which partner did you mean');
      const story = await talk.press('maya', 'Riverside Council', said);
      expect(story.text).toContain('Riverside Council');
    },
  );

  it('offers the partner that is named after the person', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Riverside Council"');
    const said = await talk.say('maya', 'spoke with the mayor of riverside council about xmas');
    expect(said.buttons).toContain('Riverside Council');
    const noted = await talk.press('maya', 'Riverside Council', said);
    expect(noted.text).toContain('the mayor of riverside council about xmas');
  });

  it('ends before who did it', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', 'log hull hospice they rang');
    expect(said.buttons).toContain('Add Hull Hospice');
  });
});

it('does not tell a lead in the third person what they hear of', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council" every:"2 weeks" lead:<@tom>');
  await talk.say('tom', 'log riverside council met Sue');
  await talk.say('tom', 'fewer how:dated');
  talk.clock.move({ weeks: 3 });
  const { text } = await talk.say('tom', 'today');
  expect(text).toContain('Riverside Council: 3 weeks since anyone spoke with them');
  expect(text).not.toContain('Tom leads it');
});
