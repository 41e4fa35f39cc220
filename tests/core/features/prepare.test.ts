import { expect, it } from 'vitest';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

async function start(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Council', 'Shores Centre'])
    await talk.say('grace', `partner add "${name}"`);
  return talk;
}

it('says in one card what somebody needs to know before they meet a partner', async () => {
  const talk = await start();
  await talk.say('tom', 'log riverside council the lease is nearly ready yesterday');
  await talk.say('tom', 'followup add send the lease with:"riverside council" whose:theirs');
  await talk.say('maya', 'followup add send the garden plan with:"riverside council" by:friday');
  await talk.say('maya', 'person add Jane Doe, housing officer at riverside council');
  await talk.say('grace', 'partner edit riverside council stage:active');
  const card = await talk.say('maya', 'prepare riverside council');
  expect(card.text).toContain('Before you meet Riverside Council');
  expect(card.text).toContain('the lease is nearly ready');
  expect(card.text).toContain('We promised');
  expect(card.text).toContain('Jane Doe, housing officer');
  expect(card.text).toContain('How "send the lease" is going. They promised it.');
  expect(card.text).toContain('"send the garden plan": it\'s still on our list. They may ask.');
  // Two things to ask about, and no more.
  expect(card.text).not.toContain('What came of');
  expect(card.text).toMatch(/Changed since somebody last spoke with them: .*the stage/);
  expect(card.buttons).toEqual(
    expect.arrayContaining([
      'The whole story',
      'What has changed',
      'Remind me',
      'Note what was said',
    ]),
  );
  expect((await talk.press('maya', 'What has changed', card)).text).toContain('the stage');
});

it('invents nothing to ask about', async () => {
  const talk = await start();
  const card = await talk.say('maya', 'prepare shores centre');
  expect(card.text).toContain('Nobody has noted a contact with them yet.');
  expect(card.text).not.toContain('To ask about');
  expect(card.text).not.toContain('Changed since');
});

it.each([
  "I'm meeting the riverside council tomorrow",
  "I'm meeting riverside council on thursday at 3",
  'what do I need to know about riverside council?',
  'prepare me for riverside council',
  'prepare for the meeting with riverside council',
  "I'm seeing riverside council on Fri 27 Nov",
])('reads "%s"', async (line) => {
  const talk = await start();
  expect((await talk.say('maya', line)).text).toContain('Before you meet Riverside Council');
});

it('opens from the story of the partner, with what the reader may see', async () => {
  const talk = await start();
  await talk.say('tom', 'log riverside council they fear the audit', 'noted');
  await talk.say('tom', 'followup add answer the auditor with:"riverside council"');
  await talk.say('grace', 'member tie @maya "riverside council"');
  const story = await talk.say('maya', 'partner show riverside council');
  const card = await talk.press('maya', 'Before a meeting', story);
  expect(card.text).toContain('A contact on');
  expect(card.text).not.toMatch(/audit|To ask about/);
  expect((await talk.say('tom', 'prepare riverside council')).text).toContain(
    'What came of "they fear the audit", from last time',
  );
});

it('keeps the words of a private note from others', async () => {
  const talk = await start();
  await talk.say('tom', 'log riverside council they whispered of cuts private:yes');
  expect((await talk.say('maya', 'prepare riverside council')).text).not.toContain('cuts');
});

it('asks which partner, and goes on with what was asked', async () => {
  const talk = await start();
  const asked = await talk.say('maya', "I'm meeting the council tomorrow");
  expect(asked.text).toContain('Which partner did you mean by "the council"?');
  expect(asked.buttons).toEqual(['Riverside Council', 'Something to do', 'Cancel']);
  const card = await talk.press('maya', 'Riverside Council', asked);
  expect(card.text).toContain('Before you meet Riverside Council');
  const toDo = await talk.press('maya', 'Something to do', asked);
  expect(toDo.text).toContain('meeting the council');
});

it('keeps the words of something to do that is about no partner', async () => {
  const talk = await start();
  const asked = await talk.say('maya', 'prepare the agenda by friday');
  expect(asked.text).toContain('Is it something to do?');
  const toDo = await talk.press('maya', 'Something to do', asked);
  expect(toDo.text).toContain('Yours to do: prepare the agenda by Fri 20 Nov');
});
