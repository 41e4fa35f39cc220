import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { type Partner, partners } from '../../../src/core/domain/partners/partner.ts';
import { readStory } from '../../../src/core/features/partners/story.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { newTalk, newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';

const all = ({ store }: Talk): Promise<Partner[]> =>
  collect(store.of(partners).all({ index: 'byKey' }));

async function only(talk: Talk): Promise<Partner> {
  const [first, ...more] = await all(talk);
  if (!first || more.length > 0) throw new Error('There should be one partner.');
  return first;
}

async function withSchool(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School aliases:"Oaks, OS" sector:school lead:@Tom');
  return talk;
}

describe('partner add', () => {
  it('what was said of it with its name is no part of the name', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', "new partner: Hull Foodbank, they're a charity");
    expect(said.text).toMatch(/^Added Hull Foodbank: .*What matters: they're a charity\./);
    expect(await only(talk)).toMatchObject({ name: 'Hull Foodbank', about: "they're a charity" });
    expect((await talk.say('maya', 'partner show hull foodbank')).text).toContain('a charity');
  });

  it('keeps what was typed', async () => {
    const talk = await newTalk();
    const said = await talk.say(
      'maya',
      'partner add The Oakfield School level:local kinds:contracting,co-producing every:"2 months" lead:me',
    );
    expect(said.text).toContain('Added The Oakfield School: local · contracting, co-producing');
    expect(said.buttons).toEqual(['Log', 'Add a follow-up', 'Edit', 'Undo']);
    const { id } = await talk.member('maya');
    expect(await only(talk)).toMatchObject({
      name: 'The Oakfield School',
      key: 'oakfield school',
      level: 'local',
      kinds: ['contracting', 'co-producing'],
      every: 'P2M',
      lead: id,
      quietOn: null,
    });
  });

  it('asks for the name in a form with five fields', async () => {
    const talk = await newTalk();
    const { form } = await talk.say('maya', 'partner add');
    expect(form?.fields.map(({ name }) => name)).toEqual([
      'name',
      'level',
      'kinds',
      'lead',
      'every',
    ]);
    const said = await talk.submit('maya', form, { name: 'Shelter', kinds: 'contracting' });
    expect(said.text).toContain('Added Shelter');
  });

  it('has one effect for one invocation', async () => {
    const talk = await newTalk();
    const first = await talk.say('maya', 'partner add Shelter', 'same');
    const again = await talk.say('maya', 'partner add Shelter', 'same');
    expect(again.text).toBe(first.text);
    expect(await all(talk)).toHaveLength(1);
  });

  it.each([
    ['its name', 'partner add oakfield SCHOOL'],
    ['another name of it', 'partner add oaks'],
    ['its name as another one', 'partner add Academy aliases:"Oakfield School"'],
  ])('shows who has %s already', async (_, line) => {
    const talk = await withSchool();
    const said = await talk.say('tom', line);
    expect(said.text).toMatch(/is here already.* \(also Oaks, OS\): school/);
    expect(said.text).toContain('Nothing has changed.');
    expect(await all(talk)).toHaveLength(1);
    const shown = await talk.press('tom', 'Show', said);
    expect(shown.text).toContain('Oakfield School · school');
    const another = await talk.press('tom', 'Use another name', said);
    expect(another.form?.fields[0]?.value).not.toBe('');
  });

  it('says if somebody was faster with the same name', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner list');
    await talk.store.of(partners).insert(newPartner(`${talk.id}-other`, 'Shelter'));
    const said = await talk.say('tom', 'partner add Shelter');
    expect(said.text).toContain('Shelter is here already');
    expect(talk.errors).toEqual([]);
  });

  it.each([
    ['!!', 'at least one letter or digit'],
    ['x'.repeat(121), 'It can have up to 120'],
  ])('refuses %s', async (name, sentence) => {
    const talk = await newTalk();
    const said = await talk.say('tom', `partner add ${name}`);
    expect(said.text).toContain(sentence);
    const form = (await talk.press('tom', 'Fix', said)).form;
    expect(form?.fields[0]?.value).toBe(name);
  });
});

describe('partner edit', () => {
  it('shows the current values and changes the edited ones', async () => {
    const talk = await withSchool();
    const { form } = await talk.press('maya', 'Edit', await talk.say('maya', 'partner edit oaks'));
    const { id } = await talk.member('tom');
    expect(
      Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [name, value])),
    ).toEqual({ name: 'Oakfield School', kinds: '', stage: 'new', lead: `#${id}`, every: '' });
    const said = await talk.submit('maya', form, { name: 'Oakfield Academy', every: '1 month' });
    expect(said.text).toContain('Changed. Oakfield Academy: school · new · Tom leads');
    expect(await only(talk)).toMatchObject({
      name: 'Oakfield Academy',
      key: 'oakfield academy',
      every: 'P1M',
      sector: 'school',
      aliases: ['Oaks', 'OS', 'Oakfield School'],
    });
    expect((await talk.say('maya', 'partner show oakfield academy')).text).toContain('Academy');
    const cleared = await talk.press('maya', 'Edit', await talk.say('maya', 'partner edit oaks'));
    await talk.submit('maya', cleared.form, { every: '' });
    expect(await only(talk)).toMatchObject({ every: null });
  });

  it('removes what is set to none', async () => {
    const talk = await withSchool();
    await talk.say('maya', 'partner edit oaks lead:none sector:none aliases:none');
    expect(await only(talk)).toMatchObject({ lead: null, sector: null, aliases: [] });
  });

  it('recomputes when it goes quiet', async () => {
    const talk = await withSchool();
    await talk.say('maya', 'log oaks met when:2026-11-01');
    expect(await only(talk)).toMatchObject({ quietOn: '2026-12-13' });
    await talk.say('maya', 'partner edit oaks every:"2 weeks"');
    expect(await only(talk)).toMatchObject({ quietOn: '2026-11-15', nudgeOn: '2026-11-15' });
    const said = await talk.say('maya', 'partner edit oaks stage:resting');
    expect(await only(talk)).toMatchObject({ quietOn: null, nudgeOn: null });
    await talk.press('maya', 'Undo', said);
    expect(await only(talk)).toMatchObject({ quietOn: '2026-11-15', stage: 'new' });
  });

  it('leaves names that are taken', async () => {
    const talk = await withSchool();
    await talk.say('maya', 'partner add Shelter');
    const said = await talk.say('maya', 'partner edit shelter name:"oakfield school"');
    expect(said.text).toContain('is here already, as Oakfield School');
    expect((await talk.say('maya', 'partner edit oaks name:"OAKFIELD School"')).text).toContain(
      'Changed. OAKFIELD School',
    );
  });

  it('asks which, and what', async () => {
    const talk = await withSchool();
    expect((await talk.say('maya', 'partner edit')).text).toContain('Which partner?');
    expect((await talk.say('maya', 'partner edit oaks')).text).toContain('What shall I change');
  });
});

describe('partner show', () => {
  it('tells the story', async () => {
    const talk = await withSchool();
    expect((await talk.say('maya', 'partner show oaks')).text).toContain('Nobody has noted');
    await talk.say(
      'maya',
      'log oaks about the fair when:2026-11-02 next:"send the plan" by:friday',
    );
    await talk.say('maya', 'log oaks next:"the keys" whose:theirs by:friday');
    const said = await talk.say('tom', 'partner show oaks');
    expect(said.text).toContain('Goes quiet on Wed 30 Dec');
    expect(said.text).toContain('Maya: in touch on Mon 2 Nov – about the fair');
    expect(said.text).toMatch(/We promised\nsend the plan · by Fri 20 Nov · Maya/);
    expect(said.text).toMatch(/They promised\nthe keys/);
    expect(said.text).toContain('Only one of us knows them.');
    expect((await talk.say('grace', 'partner show oaks')).text).toContain(
      'Only Maya has been in touch',
    );
    await talk.say('tom', 'log oaks');
    expect((await talk.say('tom', 'partner show oaks')).text).toContain(
      'You and one other of us know them.',
    );
    const both = await talk.say('grace', 'partner show oaks');
    expect(both.text).toMatch(/Who has been in touch: (Maya|Tom) \(.*\), (Maya|Tom) \(/);
    expect(talk.errors).toEqual([]);
  });

  it('goes back further, a page at a time', async () => {
    const talk = await withSchool();
    for (let day = 1; day <= 12; day++)
      await talk.say('maya', `log oaks n${day} when:2026-10-${day}`);
    const first = await talk.say('maya', 'partner show oaks');
    const second = await talk.press('maya', 'See earlier', first);
    const third = await talk.press('maya', 'See earlier', second);
    const seen = [first, second, third].flatMap(({ text }) => text.match(/\bn\d+/g) ?? []);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `n${12 - index}`));
    expect(third.buttons).toEqual(['Change…', 'Change…']);
  });

  it('reads as much of a long story as of a short one', async () => {
    const talk = await withSchool();
    const { id } = await only(talk);
    const before = await readsOf(talk.store, id);
    for (let count = 0; count < 12; count++) await talk.say('maya', `log oaks ${count}`);
    expect(await readsOf(talk.store, id)).toBe(before);
    expect(before).toBe(3);
  });

  it('shows a member who is tied to it the days of contacts, and what is their own', async () => {
    const talk = await withSchool();
    await talk.say('tom', 'log oaks secret words next:"secret plan" by:friday');
    await talk.say('grace', 'member tie @Maya oaks');
    const said = await talk.say('maya', 'partner show oaks');
    expect(said.text).not.toContain('secret');
    expect(said.text).toContain('A contact on Wed 18 Nov');
    expect(said.text).not.toMatch(/Tom: |promised them|has been in touch/);
    expect(said.text).toContain("You're part of this partner");
    await talk.say('maya', 'log oaks own words next:"own plan"');
    expect((await talk.say('maya', 'partner show oaks')).text).toMatch(/own words[\s\S]*own plan/);
    const before = { with: `#${(await only(talk)).id}`, before: '2026-12-01' };
    const earlier = await talk.invoke('maya', 'partner show', before);
    expect(earlier.text).toContain('A contact on Wed 18 Nov');
    expect(earlier.text).not.toContain('secret');
  });
});

/** How many reads a story takes. */
async function readsOf(store: Store, id: string): Promise<number> {
  let reads = 0;
  const counting: Store = {
    partnership: store.partnership,
    of: (declaration) =>
      new Proxy(store.of(declaration), {
        get(rows, name, self) {
          reads++;
          return Reflect.get(rows, name, self);
        },
      }),
  };
  await readStory(id, counting, { partsOf: () => [] });
  return reads;
}

describe('a name that is not what it looks like', () => {
  // The second e is Cyrillic.
  const CYRILLIC = 'Riv\u0435rside Council';

  it('is asked about if it looks like another partner, and can be used all the same', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council');
    const asked = await talk.say('tom', `partner add ${CYRILLIC} level:local`);
    expect(asked.text).toContain(
      'That looks like Riverside Council, but one of the two has Cyrillic letters in it.',
    );
    const rows = () => collect(talk.store.of(partners).all({ index: 'byKey' }));
    expect(await rows()).toHaveLength(1);
    expect((await talk.press('tom', 'Show', asked)).text).toContain('Riverside Council ·');
    await talk.press('tom', 'Use it all the same', asked);
    expect(await rows()).toMatchObject([{ level: null }, { name: CYRILLIC, level: 'local' }]);
    const logged = await talk.invoke('tom', 'log', {
      with: '+Riversid\u0435 Council',
      how: 'call',
    });
    expect(logged.text).toContain('That looks like Riverside Council');
  });

  it('is asked about if one word has letters of two scripts', async () => {
    const talk = await newTalk();
    const asked = await talk.say('tom', `partner add ${CYRILLIC}`);
    expect(asked.text).toContain('has Cyrillic letters between Latin ones');
    expect(
      (await talk.say('tom', 'partner add \u041D\u0430\u0434\u0456\u044F Hope')).text,
    ).toContain('Added \u041D\u0430\u0434\u0456\u044F Hope');
  });

  it.each([
    ['River\u200Bside', 'has a character after "River" that nobody can see'],
    [
      'River\u202Eside',
      'has a hidden character after "River" that turns the direction of the text',
    ],
  ])('%j is refused, wherever it is typed', async (name, sentence) => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Oakfield School');
    for (const [command, args] of [
      ['partner add', { name }],
      ['partner edit', { with: 'oakfield school', name }],
      ['partner edit', { with: 'oakfield school', aliases: `Oaks; ${name}` }],
      ['log', { with: `+${name}`, how: 'call' }],
      ['partner import', { file: `name\n${name}` }],
    ] as const)
      expect((await talk.invoke('tom', command, args)).text).toContain(sentence);
    expect((await talk.invoke('grace', 'settings', { name })).text).toContain(sentence);
    expect(await collect(talk.store.of(partners).all({ index: 'byKey' }))).toHaveLength(1);
  });

  it('is left out of an import if it looks like another partner', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council aliases:RBC');
    const file = `name\n${CYRILLIC}\nR\u0412C\nOakfield School`;
    const preview = await talk.invoke('tom', 'partner import', { file });
    expect(preview.text).toContain("1 partner to add, 2 rows I can't use");
    expect(preview.text).toContain(`Line 2: ${CYRILLIC} looks like Riverside Council`);
    expect(preview.text).toContain('Line 3: R\u0412C looks like Riverside Council');
  });

  it('of a member loses what nobody can see', async () => {
    const talk = await newWorkspace();
    talk.profiles.ann = profileOf('\u202EAnn\u200B Ok\u00ADafor', { standing: 'owner' });
    await talk.say('ann', 'help');
    const [member] = await collect(talk.store.of(members).all({ index: 'byName' }));
    expect(member?.name).toBe('Ann Okafor');
  });
});
