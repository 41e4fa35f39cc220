import { expect, it } from 'vitest';
import { newTalk, newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

it('follow-ups of the same words are offered with what tells them apart', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring Pat by:"4 Dec 2026"');
  await talk.say('tom', 'followup add ring Pat by:"7 Dec 2026"');
  await talk.say('tom', 'followup add ring Sue by:"7 Dec 2026"');
  const asked = await talk.say('tom', 'followup done ring');
  expect(asked.buttons.toSorted()).toEqual([
    'Cancel',
    'ring Pat, Fri 4 Dec',
    'ring Pat, Mon 7 Dec',
    'ring Sue',
  ]);
  const done = await talk.press('tom', 'ring Pat, Mon', asked);
  expect(done.text).toContain('Done, thank you: ring Pat.');
  expect((await talk.say('tom', 'followup list')).text).toContain('ring Pat · by Fri 4 Dec');
});

it('on the same day, by their time, partner or owner', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  await talk.say('grace', 'followup add ring Pat by:"4 Dec 2026"');
  await talk.say('grace', 'followup add ring Pat by:"4 Dec 2026 3pm"');
  await talk.say('grace', 'followup add ring Pat by:"4 Dec 2026" with:"Oakfield School"');
  await talk.say('grace', 'followup add write Jo by:"4 Dec 2026"');
  await talk.say('tom', 'followup add write Jo by:"4 Dec 2026"');
  const ring = await talk.say('grace', 'followup done ring pat');
  expect(ring.buttons.toSorted()).toEqual([
    'Cancel',
    'ring Pat',
    'ring Pat, 15:00',
    'ring Pat, Oakfield School',
  ]);
  const write = await talk.say('maya', 'followup done write');
  expect(write.buttons.toSorted()).toEqual(['Cancel', 'write Jo, Grace', 'write Jo, Tom']);
});

async function withTwoSams(): Promise<Talk> {
  const talk = await newWorkspace();
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  await talk.say('grace', 'help');
  for (const user of ['sam1', 'sam2']) {
    talk.profiles[user] = profileOf('Sam Young');
    await talk.say(user, 'help');
  }
  await talk.say('grace', 'member role <@sam2> worker');
  return talk;
}

it('members of the same name carry their role', async () => {
  const talk = await withTwoSams();
  await talk.say('grace', 'followup add ring Pat by:friday');
  const asked = await talk.say('grace', 'followup ask ring who:"Sam Young"');
  expect(asked.text).toContain('Sam Young, member, Sam Young, worker. Which one do you mean?');
  const { form } = await talk.press('grace', 'Fix', asked);
  const field = form?.fields.find(({ name }) => name === 'who');
  expect(field?.options?.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Sam Young, member', 'Sam Young, worker', 'Grace']),
  );
});
