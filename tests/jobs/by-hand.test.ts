import { expect, it } from 'vitest';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London. Grace coordinates, Tom is a worker.

/** Edna is here by name only, and Tom keeps in touch with her. */
async function withEdna() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'member by-hand "Edna Price" keeper:@Tom');
  return { talk, worker };
}

const listOf = async (talk: Talk) => (await talk.say('grace', 'members')).text;

it('somebody is added by name only, from the line and from the offer', async () => {
  const talk = await newTalk();
  const said = await talk.say('grace', 'member add "Edna Price" by-hand');
  expect(said.text).toBe(
    'Edna Price is here now, by name only. You keep in touch with them: what is theirs comes to you.',
  );
  expect(said.buttons).toEqual(['Somebody else keeps in touch', 'Undo']);
  const form = await talk.press('grace', 'Somebody else keeps in touch', said);
  const changed = await talk.submit('grace', form.form, { keeper: '@Tom' });
  expect(changed.text).toBe('Tom keeps in touch with them, and hears what is theirs.');
  expect(await listOf(talk)).toContain('Edna Price · member · by name only · Tom keeps in touch');
  const offer = await talk.say('grace', 'member add Alf Stone');
  expect(offer.text).toContain('I can add them by name');
  expect((await talk.press('grace', 'Add them by name', offer)).text).toContain(
    'Alf Stone is here now, by name only.',
  );
  expect((await talk.say('grace', 'member by-hand Tom')).text).toContain('is here already');
  expect((await talk.say('grace', 'member role "Edna Price" coordinator')).text).toContain(
    'has no account here',
  );
  await talk.press('grace', 'Undo', said);
  expect((await talk.say('maya', 'member by-hand Joan')).text).toContain('coordinator');
  expect(talk.errors).toEqual([]);
});

it('what is hers comes in the brief of who keeps in touch, once, and that one ticks it off', async () => {
  const { talk, worker } = await withEdna();
  const given = await talk.say('grace', 'followup add bring cakes who:"Edna Price" by:friday');
  expect(given.text).toContain('Edna Price will do it: bring cakes');
  await worker.sweep();
  expect(worker.inbox('tom')).toHaveLength(1);
  expect(worker.inbox('tom')[0]).toContain(
    'For Edna Price, who you keep in touch with: Grace has given you something to do: bring cakes',
  );
  const today = await talk.say('tom', 'today');
  expect(today.text).toContain('For Edna Price, who you keep in touch with: bring cakes');
  await worker.until('2026-11-21T08:00:00Z');
  const named = worker.inbox('tom').filter((text) => text.includes('bring cakes'));
  expect(named.length).toBeGreaterThan(1);
  for (const text of named) expect(text.split('bring cakes')).toHaveLength(2);
  expect(worker.inbox('grace').join()).not.toContain('bring cakes');
  expect((await talk.press('tom', 'Done', await talk.say('tom', 'today'))).text).toContain('Done');
  expect(talk.errors).toEqual([]);
});

it('a question to her is answered by who keeps in touch', async () => {
  const { talk, worker } = await withEdna();
  await talk.say('maya', 'followup add send the plan by:"27 Nov 2026"');
  await talk.say('maya', 'followup ask plan who:"Edna Price"');
  await worker.sweep();
  expect(worker.inbox('tom').at(-1)).toContain(
    'For Edna Price, who you keep in touch with: Maya asks: could you do this?',
  );
  const [yes] = buttonsOf(worker.platform.posted.at(-1)?.reply ?? { text: [] });
  if (!yes) throw new Error('There is no Yes.');
  expect((await talk.press('maya', yes)).text).toContain('is yours already');
  expect((await talk.press('tom', yes)).text).toBe('Thank you. Edna Price has send the plan now.');
  await worker.sweep();
  expect(worker.inbox('maya').at(-1)).toContain('Edna Price will do it: send the plan');
});

it('a reminder with a clock time comes to who keeps in touch', async () => {
  const { talk, worker } = await withEdna();
  await talk.say('tom', 'followup add ring the hall who:"Edna Price" by:"tomorrow 3pm"');
  await worker.until('2026-11-19T15:01:00Z');
  expect(worker.inbox('tom').at(-1)).toContain(
    'For Edna Price, who you keep in touch with: A reminder: ring the hall',
  );
});

it('when who keeps in touch has left, the coordinators hear', async () => {
  const { talk, worker } = await withEdna();
  await talk.say('grace', 'followup add bring cakes who:"Edna Price" by:friday');
  await talk.say('grace', 'member left @Tom to:none');
  expect((await talk.say('grace', 'today')).text).toContain(
    'For Edna Price, who has no Slack or Discord: bring cakes',
  );
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('grace').join()).toContain('For Edna Price');
});

it('what is hidden from who keeps in touch goes to a coordinator', async () => {
  const { talk } = await withEdna();
  await talk.say('grace', 'partner add Riverside Council');
  await talk.say(
    'grace',
    'followup add send the budget with:"Riverside Council" who:"Edna Price" by:friday',
  );
  await talk.say('grace', 'member tie @Tom riverside council');
  expect((await talk.say('tom', 'today')).text).not.toContain('send the budget');
  expect((await talk.say('grace', 'today')).text).toContain('send the budget');
});

it('a quiet partner that she leads reaches who keeps in touch', async () => {
  const { talk } = await withEdna();
  await talk.say('grace', 'partner add Oakfield School every:"2 weeks" lead:"Edna Price"');
  await talk.say('grace', 'log oakfield school met them when:"1 Oct 2026"');
  const today = await talk.say('tom', 'today');
  expect(today.text).toContain('For Edna Price, who you keep in touch with: Oakfield School');
  expect((await talk.say('grace', 'today')).text).not.toContain('Oakfield School ·');
});

it('a sheet to print has what is hers; nobody else gets it', async () => {
  const { talk, worker } = await withEdna();
  await talk.say('grace', 'followup add <b>bring</b> & share who:"Edna Price" by:friday');
  await worker.sweep();
  expect((await talk.say('tom', 'print Edna Price')).text).toContain("I'm sending you a sheet");
  await worker.sweep();
  const file = worker.platform.posted.at(-1)?.file;
  const page = Buffer.from(file?.bytes ?? []).toString();
  expect(file?.name).toBe('sheet-to-print.html');
  expect(page).toContain('<li>&lt;b&gt;bring&lt;/b&gt; &amp; share, by Fri 20 Nov</li>');
  expect((await talk.say('maya', 'print Edna Price')).text).toContain('A sheet is for yourself');
  expect((await talk.say('maya', 'print me')).text).toContain("I'm sending you a sheet");
});

it('she has an account now, and the two become one', async () => {
  const { talk, worker } = await withEdna();
  await talk.say('grace', 'followup add bring cakes who:"Edna Price" by:friday');
  const said = await talk.say('grace', 'member same who:"Edna Price" as:@Maya');
  expect(said.text).toContain('as one person now');
  await worker.until('2026-11-20T12:00:00Z');
  expect(worker.inbox('maya').join()).toContain('bring cakes');
  expect((await talk.say('maya', 'today')).text).toContain('bring cakes');
  expect(talk.errors).toEqual([]);
});
