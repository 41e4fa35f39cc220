import { beforeEach, describe, expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  await talk.say('grace', 'partner add Groundwork');
});

/** Says a line, a little later than the one before. */
function say(who: string, line: string) {
  talk.clock.move({ seconds: 1 });
  return talk.say(who, line);
}

describe('another day', () => {
  it.each([
    ['move ring school to monday', 'Put off: ring school, now by Mon 23 Nov.'],
    ['please move the ring school to Monday.', 'Put off: ring school, now by Mon 23 Nov.'],
    ['postpone ring school till next wednesday', 'Put off: ring school, now by Wed 25 Nov.'],
    ['put off ring school until 1 dec', 'Put off: ring school, now by Tue 1 Dec.'],
    ['change that to tomorrow', 'Brought forward: ring school, now by Thu 19 Nov.'],
    ['move it to monday', 'Put off: ring school, now by Mon 23 Nov.'],
  ])('%s', async (line, answer) => {
    await say('maya', 'followup add ring school by:friday');
    const said = await say('maya', line);
    expect(said.text).toContain(answer);
    expect(said.buttons).toContain('Undo');
    await talk.press('maya', 'Undo', said);
    expect((await say('maya', 'followup list')).text).toContain('Fri 20 Nov');
  });

  it('of a contact that was just noted, and again', async () => {
    await say('maya', 'log oakfield school met Jo');
    expect((await say('maya', 'change that to yesterday')).text).toContain('on Tue 17 Nov');
    expect((await say('maya', 'change that to monday')).text).toContain('on Mon 16 Nov');
  });

  it('of several, it is asked which', async () => {
    await say('maya', 'followup add ring school by:friday');
    await say('maya', 'followup add ring the school office by:friday');
    const said = await say('maya', 'move ring school to monday');
    expect(said.text).toContain('Which one did you mean?');
    expect((await talk.press('maya', 'ring school', said)).text).toContain('now by Mon 23 Nov');
  });

  it.each([
    'move the tables to the hall',
    'move ring gate to monday',
    'change that to 31 feb',
    'postpone that to monday',
    'move lend the ladder to monday',
  ])('what is not certain is asked, with the words kept: %s', async (line) => {
    await say('tom', 'followup add lend the ladder by:friday');
    await say('maya', 'log oakfield school met Jo');
    const said = await say('maya', line);
    expect(said.text).toContain(`"${line}"`);
    expect(said.text).toContain("I've kept your words.");
  });

  it('"that" is what was noted in the last minutes, and only if it is one thing', async () => {
    await say('maya', 'log oakfield school met Jo next:"send the plan"');
    expect((await say('maya', 'change that to yesterday')).text).toContain("I've kept your words");
    await say('maya', 'followup add ring school by:friday');
    talk.clock.move({ minutes: 20 });
    expect((await say('maya', 'move it to monday')).text).toContain("I've kept your words");
  });
});

describe('another name', () => {
  it('a partner is renamed, and back', async () => {
    const said = await say('maya', 'rename Groundwork to Groundwork UK');
    expect(said.text).toContain('Changed. Groundwork UK');
    await talk.press('maya', 'Undo', said);
    expect((await say('maya', 'partner show groundwork')).text).not.toContain('Groundwork UK');
  });

  it('is not mistaken for the answer to a question', async () => {
    await say('maya', 'log change #nothing when:rubbish');
    await say('maya', 'log oakfield school met when:"31 feb"');
    expect((await say('maya', 'rename Groundwork to Groundwork UK')).text).toContain('Changed.');
  });

  it.each(['rename the blue folder to plans', 'rename Oakfield to Oakfield Academy'])(
    'of nothing that is surely a partner: %s',
    async (line) => {
      const before = (await say('maya', 'partner list')).text;
      await say('maya', line);
      expect((await say('maya', 'partner list')).text).toBe(before);
    },
  );
});
