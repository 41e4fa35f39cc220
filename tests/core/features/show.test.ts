import { expect, it } from 'vitest';
import { type Button, buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Talk, wordsOf } from '../../fixtures/bot.ts';

let count = 0;

/** What Grace gets in a channel for a line, or for a pressed button. */
async function inChannel({ bot, id, workspace, clock }: Talk, given: string | Button) {
  const at = { platform: 'test', workspace };
  const { reply, audience } = await bot.handle({
    ...(typeof given === 'string' ? bot.parseLine(given) : given),
    actor: { ...at, user: 'grace' },
    place: { ...at, channel: 'C', direct: false },
    profiles: { grace: { name: 'Grace', zone: null, standing: 'full' } },
    partnership: id,
    key: `shown ${++count}`,
  });
  const button = buttonsOf(reply).find(({ label }) => label === 'Show to everyone');
  return { text: wordsOf(reply, clock.now()), buttons: buttonsOf(reply), audience, button };
}

/** What the channel sees of the answer to a line. */
async function shown(talk: Talk, line: string) {
  const { button, audience } = await inChannel(talk, line);
  if (!button) throw new Error(`Nothing shows the answer to "${line}".`);
  expect(audience).toBe('actor');
  const seen = await inChannel(talk, button);
  expect(seen).toMatchObject({ audience: 'everyone', buttons: [] });
  return seen.text;
}

it('a channel sees of a filtered list no partner with a tie, and of any partner its name only', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" kind:contracting lead:@tom');
  await talk.say('grace', 'partner add "Riverside Council" kind:contracting');
  await talk.say('grace', 'member tie @tom "Riverside Council"');
  const all = await shown(talk, 'partner list');
  expect(all).toMatch(/^Grace shows this\. 2 partners in the register/);
  expect(all).toContain('Oakfield School');
  expect(all).toContain('Riverside Council');
  expect(all).not.toMatch(/contracting|leads/);
  const some = await shown(talk, 'partner list kind:contracting');
  expect(some).toContain('These match');
  expect(some).toContain('Oakfield School');
  expect(some).not.toContain('Riverside Council');
});

it('who has gone quiet is shown with the day of contact, and the digest as it is posted', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" every:"1 week" lead:@tom');
  expect(
    (await talk.say('grace', 'log with:"Oakfield School" note:"met about the lease"')).text,
  ).toContain('Noted');
  talk.clock.move({ weeks: 2 });
  const quiet = await shown(talk, 'quiet');
  expect(quiet).toContain('Oakfield School: 2 weeks since anyone spoke with them');
  expect(quiet).not.toMatch(/tom leads|lease/i);
  expect(await shown(talk, 'digest preview monthly')).toContain('In touch with Oakfield School');
});

it('nothing but these can be shown', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  for (const line of ['today', 'members', 'partner show oakfield', 'followup list'])
    expect((await inChannel(talk, line)).button, line).toBeUndefined();
  const said = await talk.invoke('grace', 'answer show', { shown: 'members' });
  expect(said.text).toContain('I can only show lists and the digest to everyone.');
  expect(said.audience).toBe('actor');
});
