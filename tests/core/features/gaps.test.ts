import { expect, it } from 'vitest';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import {
  kinds,
  levels,
  type Partner,
  partners,
} from '../../../src/core/domain/partners/partner.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import { memberId, newTalk, type Talk } from '../../fixtures/bot.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

async function add(talk: Talk, name: string, facts: Partial<Partner>): Promise<void> {
  await talk.store
    .of(partners)
    .insert({ ...newPartner(`${talk.id} ${name}`, name, talk.clock.now()), ...facts });
}

/** Two schools nearby, three councils that Tom leads, one of them regional; and a quiet charity. */
async function smallNetwork(): Promise<Talk> {
  const talk = await newTalk();
  const lead = memberId(talk.id, 'tom');
  const council = { sector: 'Council', lead } as const;
  await add(talk, 'Riverside Council', { ...council, level: 'local' });
  await add(talk, 'Bayside Council', { ...council, level: 'local' });
  await add(talk, 'Shire Council', { ...council, level: 'regional' });
  await add(talk, 'Moor Council', { ...council, level: 'regional' });
  for (const name of ['Oakfield School', 'Elm School', 'Ash School'])
    await add(talk, name, { sector: 'school', level: 'local' });
  await add(talk, 'Harbour Trust', { sector: 'charity', level: 'local', quietOn: '2026-11-01' });
  await namesChanged(talk.store);
  return talk;
}

it('says where nobody is, where all is quiet and where one person leads all, each with its button', async () => {
  const talk = await smallNetwork();
  const said = await talk.say('grace', 'who are we missing?');
  expect(said.text).toBe(
    [
      'Where your network is thin. Nothing here has to be filled.',
      'All quiet',
      'Charity: the only one',
      'Held by one of you',
      'Council: Tom leads all 4',
    ].join('\n'),
  );
  const see = await talk.press('grace', 'See them', said);
  expect(see.text).toContain('Harbour Trust');
  expect(see.text).not.toContain('Oakfield School');
});

it('offers to add one where nobody is, with what is known filled in', async () => {
  const talk = await smallNetwork();
  for (const name of ['Beech School', 'Fir School'])
    await add(talk, name, { sector: 'school', level: 'local' });
  await namesChanged(talk.store);
  const said = await talk.say('grace', 'gaps');
  expect(said.text).toContain('Nobody yet\nSchool, regional');
  const form = await talk.press('grace', 'Add one', said);
  expect(JSON.stringify(form.form)).toContain('regional');
});

it('names what the settings say matters, and forgets what has ended', async () => {
  const talk = await smallNetwork();
  await talk.say('grace', 'settings rule kind:"grant funding" every:"3 months"');
  expect((await talk.say('grace', 'gaps')).text).toContain('Nobody yet\nGrant funding');
  await add(talk, 'Lottery Fund', { kinds: ['grant funding'], stage: 'ended' });
  expect((await talk.say('grace', 'gaps')).text).toContain('Nobody yet\nGrant funding');
  await add(talk, 'Local Fund', { kinds: ['grant funding'] });
  expect((await talk.say('grace', 'gaps')).text).not.toContain('Nobody yet');
});

it('says so if it cannot tell, and is for workers and coordinators', async () => {
  const talk = await newTalk();
  expect((await talk.say('tom', 'gaps')).text).toContain("I can't tell yet");
  expect((await talk.say('maya', 'gaps')).text).toContain('worker or a coordinator');
});

it('leaves out the partners to which the reader is tied', async () => {
  const talk = await smallNetwork();
  await talk.say('grace', 'member tie @Tom Harbour Trust');
  const said = await talk.say('tom', 'gaps');
  expect(said.text).not.toContain('Charity');
  expect(said.text).toContain('Partners that you belong to are not counted here.');
});

it('answers with 10,000 partners while others have their turn', async () => {
  const talk = await newTalk();
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    ...newPartner(`${talk.id}-${index}`, `Partner ${index}`, talk.clock.now()),
    sector: `sector ${index % 12}`,
    level: levels[index % levels.length] ?? null,
    kinds: [kinds[index % kinds.length] ?? 'contracting'],
    quietOn: '2026-11-01',
  }));
  for (let start = 0; start < rows.length; start += 500)
    await talk.store.of(partners).insertAll(rows.slice(start, start + 500));
  await namesChanged(talk.store);
  await talk.say('grace', 'gaps');
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  const said = await talk.say('grace', 'gaps');
  clearInterval(others);
  expect(said.text).toContain('All quiet');
  // Twenty pages are read, with a turn for others after each.
  expect(turns).toBeGreaterThanOrEqual(10);
});
