import { beforeEach, describe, expect, it } from 'vitest';
import { newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';

let talk: Talk;

beforeEach(async () => {
  talk = await newTalk();
});

describe('work cannot be given', () => {
  it.each([
    ['a guest', { standing: 'guest' }, "Guests can't use Convenor here."],
    ['a bot', { standing: 'guest', isBot: true }, "That's a bot, so it can't be given anything."],
    [
      'a closed account',
      { standing: 'gone' },
      "That account is closed, or isn't here any more, so it can't be given anything.",
    ],
  ] as const)('to %s, and the answer says whom to choose', async (_, profile, why) => {
    talk.profiles.U7 = profileOf('Pat', profile);
    const { text } = await talk.say('tom', 'followup add ring the school who:<@U7>');
    expect(text).toBe(`${why} Please choose somebody else: Grace, Maya or "me".`);
    expect((await talk.say('tom', 'followup list everyone')).text).not.toContain('ring the school');
  });

  it('to a member whose account was closed', async () => {
    talk.profiles.maya = profileOf('Maya', { standing: 'gone' });
    const { text } = await talk.say('tom', 'followup add ring the school who:<@maya>');
    expect(text).toContain('That account is closed');
    expect(text).toContain('choose somebody else: Grace or "me".');
  });
});

it('a guest cannot be let in, and the answer says why', async () => {
  talk.profiles.U7 = profileOf('Pat', { standing: 'guest' });
  const { text } = await talk.say('grace', 'member add <@U7>');
  expect(text).toBe("Guests can't use Convenor here.");
});

it('somebody whose account was closed can still be taken out', async () => {
  talk.profiles.maya = profileOf('Maya', { standing: 'gone' });
  const { text } = await talk.say('grace', 'member left <@maya>');
  expect(text).toContain('Maya');
  expect(text).not.toContain('account is closed');
});
