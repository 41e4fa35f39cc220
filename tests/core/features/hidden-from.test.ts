import { expect, it } from 'vitest';
import { newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** Grace coordinates. Kim, Maya and Tom are members. */
async function newWorld(): Promise<Talk> {
  const talk = await newWorkspace('Riverside');
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  await talk.say('grace', 'partner add "Riverside Council"');
  for (const name of ['Kim', 'Maya', 'Tom']) {
    talk.profiles[name.toLowerCase()] = profileOf(name);
    await talk.say(name.toLowerCase(), 'today');
  }
  return talk;
}

it('why notes are kept is hidden from a coordinator who belongs to the partner', async () => {
  const talk = await newWorld();
  await talk.say('grace', 'member role kim coordinator');
  await talk.say('grace', 'member tie kim riverside council');
  await talk.say('grace', 'keep riverside council until:"1 Jan 2040" reason:"Jane Doe sued us"');
  const kept = 'Riverside Council: kept until Sun 1 Jan 2040';
  expect((await talk.say('grace', 'keep list')).text).toContain(`${kept}: Jane Doe sued us`);
  expect((await talk.say('kim', 'keep list')).text).toContain(kept);
  expect((await talk.say('kim', 'keep list')).text).not.toContain('Jane');
  const found = await talk.say('kim', 'erase Jane Doe');
  expect((await talk.press('kim', 'Show', found)).text).not.toContain('sued');
  const worker = await newWorker(talk);
  await talk.say('kim', 'data Jane Doe');
  await worker.until('2026-11-18T11:00:00Z');
  const [file] = worker.platform.posted.flatMap((posted) => posted.file ?? []);
  expect(Buffer.from(file?.bytes ?? []).toString()).toContain('You may not read the words.');
  expect(Buffer.from(file?.bytes ?? []).toString()).not.toContain('sued');
});

it('a newcomer does not hear who belongs to a partner', async () => {
  const talk = await newWorld();
  await talk.say('grace', 'member tie maya riverside council');
  talk.profiles.ann = profileOf('Ann');
  for (const line of [
    'members',
    'history riverside council',
    'log riverside council hello private:@maya',
    'log riverside council hello private:@kim',
  ])
    expect((await talk.say('ann', line)).text).not.toMatch(/belongs to|part of|Maya can't/);
  const [tied, untied] = [
    await talk.say('ann', 'log riverside council hello private:@maya'),
    await talk.say('ann', 'log riverside council hello private:@kim'),
  ];
  expect(tied.text).toContain('A coordinator is letting you in.');
  expect(untied.text).toBe(tied.text);
  await talk.say('grace', 'member new ann');
  expect((await talk.say('ann', 'members')).text).toContain('Maya · member · belongs to Riverside');
  const known = await talk.say('ann', 'log riverside council hello private:@kim');
  expect(known.text).toContain('Only you and Kim can read that');
});

it('an Undo gives no private promise to somebody who may not read it any more', async () => {
  const talk = await newWorld();
  for (const who of ['kim', 'tom']) await talk.say('grace', `member role ${who} coordinator`);
  await talk.say('tom', 'log riverside council met next:"ring Jane" private:yes');
  await talk.say('tom', 'followup ask ring jane who:kim');
  const given = await talk.say('tom', 'followup ask ring jane who:grace');
  await talk.say('grace', 'member role kim member');
  await talk.press('tom', 'Undo', given);
  // It is nobody's now, and those who may read it hear of it.
  expect((await talk.say('tom', 'why ring jane')).text).toContain('nobody');
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T12:00:00Z');
  const told = worker.platform.posted.filter(({ reply }) =>
    JSON.stringify(reply).includes('ring Jane'),
  );
  expect(told.map(({ address }) => address.to === 'user' && address.identity.user)).toContain(
    'tom',
  );
});

it('who asked for something hears that it was answered, also if it is hidden from them by then', async () => {
  const talk = await newWorld();
  await talk.say('tom', 'log riverside council met');
  await talk.say('kim', 'followup add mend the hall with:"riverside council"');
  await talk.say('grace', 'member role tom worker');
  await talk.say('tom', 'followup ask mend the hall who:maya');
  await talk.say('grace', 'member tie tom riverside council');
  await talk.say('maya', 'followup decline mend the hall');
  const worker = await newWorker(talk);
  await worker.until('2026-11-18T12:00:00Z');
  const told = worker.platform.posted
    .filter(({ address }) => address.to === 'user' && address.identity.user === 'tom')
    .map(({ reply }) => JSON.stringify(reply));
  expect(told.join()).toContain('Your request about something that is hidden from you by now');
  expect(told.join()).not.toContain('hall');
});

it('an emptied note is gone, and typing a line leaves it', async () => {
  const talk = await newWorld();
  const noted = await talk.say('kim', 'log riverside council their Jane is ill how:call');
  const { form } = await talk.press('kim', 'Change', noted);
  const changed = await talk.submit('kim', form, { note: '' });
  expect(changed.text).not.toContain('Jane');
  const shown = await talk.say('grace', 'partner show riverside council');
  expect(shown.text).toContain('Kim: called today');
  expect(shown.text).not.toContain('Jane');
});
