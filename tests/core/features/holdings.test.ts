import { describe, expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

describe('how much each of us holds', () => {
  it('coordinators see it in the list, with what has waited longest and without how late it is; others do not', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Oakfield School lead:@Tom');
    await talk.say('tom', 'followup add ring the school by:friday');
    talk.clock.move({ days: 20 });
    await talk.say('tom', 'followup add send the plan by:tomorrow');
    const seen = (await talk.say('grace', 'members')).text;
    expect(seen).toMatch(
      /Tom · worker · 2 to do and the lead of 1 partner · longest: ring the school, noted/,
    );
    expect(seen).not.toMatch(/late|due/);
    expect((await talk.say('maya', 'members')).text).not.toContain('to do');
    const own = (await talk.say('tom', 'me')).text;
    expect(own).toContain(
      'You have 2 to do and the lead of 1 partner. Longest on your list: ring the school',
    );
    expect((await talk.say('maya', 'me')).text).not.toContain('You have');
  });

  it('what a coordinator may not read is only counted', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Oakfield School');
    const line = 'log oakfield school met them next:"ask about the illness" by:friday private:me';
    expect((await talk.say('tom', line)).text).toContain('Only you can read that');
    const seen = (await talk.say('grace', 'members')).text;
    expect(seen).toContain('Tom · worker · 1 to do');
    expect(seen).not.toContain('illness');
  });
});
