import { describe, expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

describe('me', () => {
  it('shows what is set', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', 'me');
    console.log(said.text, said.buttons, talk.errors);
    expect(talk.errors).toEqual([]);
  });
});
