import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

describe('help', () => {
  it('is short, has buttons, and names partners that are there', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Alder Allotments"');
    const said = await talk.say('maya', 'help');
    expect(said.text.split('\n').length).toBeLessThanOrEqual(10);
    expect(said.text).toContain('show Alder Allotments'.replace('show', 'partner show'));
    expect(said.text).not.toMatch(/riverside|oakfield|shores/i);
    expect(said.buttons).toContain('Note a contact');
    for (const button of buttonsOf(said.reply)) {
      const pressed = await talk.press('maya', button);
      expect(pressed.text, button.label).not.toMatch(/don't know|went wrong/);
    }
  });

  it('names no partner that its reader belongs to', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Alder Allotments"');
    await talk.say('grace', 'partner add "Birch Group"');
    await talk.say('grace', 'member tie @Maya Alder Allotments');
    const { text } = await talk.say('maya', 'help');
    expect(text).toContain('Birch Group');
    expect(text).not.toContain('Alder');
  });

  it('everything lists what a role may do', async () => {
    const talk = await newTalk();
    const everything = (who: string) => talk.say(who, 'help everything');
    expect((await everything('grace')).text).toContain('digest now');
    expect((await everything('maya')).text).not.toContain('digest now');
    expect((await everything('maya')).text).toContain('followup list');
  });

  it.each(
    [...allCommands().values()].filter(
      ({ name, examples }) => examples.length > 0 && name !== 'me',
    ),
  )(
    'on $name starts with a line to copy that is read as that command',
    async ({ name, examples }) => {
      const talk = await newTalk();
      await talk.say('grace', 'partner add "Alder Allotments"');
      const { text } = await talk.say('grace', `help ${name}`);
      const [, first = '', second = ''] = text.split('\n');
      expect(talk.bot.parseLine(first).command).toBe(name);
      if (examples.length > 1) expect(talk.bot.parseLine(second).command).toBe(name);
    },
  );
});

describe('help me', () => {
  it('names who coordinates, and one press asks them to ring', async () => {
    const talk = await newTalk();
    const worker = await newWorker(talk);
    const said = await talk.say('maya', "I'm stuck");
    expect(said.text).toBe(
      'Grace coordinates here and can help you. You can ask them, or look it up.',
    );
    expect(said.buttons).toEqual(['Ask Grace to ring me', 'How do I …']);
    const asked = await talk.press('maya', 'Ask Grace', said);
    expect(asked.text).toBe("I'm asking Grace to ring you.");
    await talk.press('maya', 'Ask Grace', said);
    await worker.sweep();
    expect(worker.inbox('grace')).toEqual([
      'Maya would like some help, and asks you to ring them. They asked on Wed 18 Nov 2026, 10:00.',
    ]);
    expect((await talk.press('maya', 'How do I', said)).text).toContain('I keep track of');
  });

  it('says when they get it, if that is not now', async () => {
    const talk = await newTalk();
    talk.clock.set('2026-11-18T23:30:00Z');
    const said = await talk.press('maya', 'Ask Grace', await talk.say('maya', 'help me'));
    expect(said.text).toBe(
      "I'll ask Grace to ring you. They get my message on Thu 19 Nov 2026, 08:00.",
    );
  });

  it('of a coordinator, or with nobody who coordinates, leads on', async () => {
    const talk = await newTalk();
    expect((await talk.say('grace', 'help me')).text).toContain('You are the only coordinator');
    await talk.say('grace', 'member role @Tom coordinator');
    expect((await talk.say('grace', 'help me')).text).toContain(
      'You coordinate here together with Tom',
    );
    const { text } = await talk.say('maya', 'who can help me?');
    expect(text).toContain('Grace and Tom coordinate here');
    const refused = await talk.invoke('tom', 'help ring', { who: 'Maya' });
    const [who] = refused.form?.fields ?? [];
    expect(who?.problem).toContain('Type "help me" to see who they are.');
    expect(refused.text).toContain('I can only ask a coordinator');
  });
});

it.each([
  ['thanks!', "You're welcome."],
  ['Thank you for the reminder', "You're welcome."],
  ['bye', 'Bye for now.'],
  ['how are you?', "I'm well, thanks. What can I do for you?"],
])('%s is answered', async (line, answer) => {
  const talk = await newTalk();
  expect((await talk.say('maya', line)).text).toBe(answer);
});
