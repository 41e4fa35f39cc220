import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

async function talkWith(...names: readonly string[]): Promise<Talk> {
  const talk = await newTalk();
  for (const name of names) await talk.say('grace', `partner add ${name}`);
  return talk;
}

const namesOf = async (talk: Talk) =>
  (await collect(talk.store.of(partners).all({ index: 'byKey' }))).map(({ name }) => name);

async function contactsOf(
  talk: Talk,
): Promise<[partner: string | undefined, note: string | null][]> {
  const rows = await collect(talk.store.of(contacts).all({ index: 'byId' }));
  const known = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  return rows.map(({ partner, note }) => [known.find(({ id }) => id === partner)?.name, note]);
}

const followupsOf = async (talk: Talk) => collect(talk.store.of(followups).all({ index: 'byId' }));

describe('a contact is never noted with another organisation unasked', () => {
  it('asks about a name of which only the place is known, and adds the other with the words', async () => {
    const talk = await talkWith('Severnside Fire and Rescue Service');
    const said = await talk.say('maya', 'log Severnside Police rang about the fair');
    expect(said.text).toContain("I don't know Severnside Police yet");
    expect(said.buttons).toEqual([
      'Add Severnside Police',
      'Severnside Fire and Rescue Service',
      'Another',
      'Cancel',
    ]);
    expect(await contactsOf(talk)).toEqual([]);
    await talk.press('maya', 'Add Severnside Police', said);
    expect(await contactsOf(talk)).toEqual([['Severnside Police', 'rang about the fair']]);
  });

  it('asks where the words after a whole name may belong to it', async () => {
    const talk = await talkWith('Age UK');
    const said = await talk.say('maya', 'log age uk goole called about debt');
    expect(said.text).toBe("Is that Age UK? I don't know Age UK Goole yet. I've kept your words.");
    expect(said.buttons).toEqual(['Age UK', 'Another', 'Add Age UK Goole', 'Cancel']);
    await talk.press('maya', 'Add Age UK Goole', said);
    expect(await contactsOf(talk)).toEqual([['Age UK Goole', 'called about debt']]);
    await talk.say('maya', 'log age uk goole called again');
    expect((await contactsOf(talk)).map(([name]) => name)).toEqual([
      'Age UK Goole',
      'Age UK Goole',
    ]);
  });

  it('offers to add a name as it was written, and only initials in capitals', async () => {
    const talk = await talkWith('16th Hornsea Scout Group', 'East Riding of Yorkshire Council');
    const addOf = async (line: string) =>
      (await talk.say('maya', line)).buttons.filter((label) => label.startsWith('Add'));
    expect(await addOf('log 164th Hornsea Scout Group met')).toEqual([
      'Add 164th Hornsea Scout Group',
    ]);
    expect(await addOf('log hornsee scouts met')).toEqual(['Add Hornsee Scouts']);
    expect(await addOf('log eryc rang')).toEqual(['Add ERYC']);
  });

  it('asks in a promise too', async () => {
    const talk = await talkWith('Age UK');
    const said = await talk.say('maya', 'followup add send the list with:Age UK Goole');
    expect(said.text).toContain('Is that Age UK?');
    expect(await followupsOf(talk)).toEqual([]);
    await talk.press('maya', 'Age UK', said);
    expect(await followupsOf(talk)).toMatchObject([{ title: 'send the list' }]);
  });

  it('only shows the one that is meant, without asking', async () => {
    const talk = await talkWith('Severnside Fire and Rescue Service');
    expect((await talk.say('maya', 'partner show severnside')).text).toContain('Fire and Rescue');
    expect((await talk.say('maya', 'history severnside')).text).toContain('Fire and Rescue');
  });

  it('keeps the words of a partner option that has more in it', async () => {
    const talk = await talkWith('Age UK');
    const said = await talk.invoke('maya', 'log', { with: 'age uk met Jane about the hall' });
    expect(said.text).toContain("I've kept your words");
    await talk.press('maya', 'Age UK', said);
    expect(await contactsOf(talk)).toEqual([['Age UK', 'met Jane about the hall']]);
    const unknown = await talk.invoke('maya', 'log', {
      with: 'Larch Choir met Jane',
      note: 'songs',
    });
    await talk.press('maya', 'Add Larch Choir', unknown);
    expect((await contactsOf(talk)).at(-1)?.[0] ?? '').toMatch(/Age UK|Larch Choir/);
    expect(JSON.stringify(await contactsOf(talk))).toContain('met Jane\\nsongs');
  });
});

describe('somebody who is no organisation', () => {
  it('is not offered as a partner: a reminder, or the group they are with', async () => {
    const talk = await talkWith('Age UK');
    const said = await talk.say('maya', 'log Mrs Khan wants a lift to the fair');
    expect(said.text).toBe(
      "I keep organisations, not neighbours. Which group is Mrs Khan with? I've kept your words.",
    );
    expect(said.buttons).toEqual(['Just a reminder for me', 'Choose a group', 'Cancel']);
    const { form } = await talk.press('maya', 'Choose a group', said);
    await talk.submit('maya', form, { with: 'Age UK' });
    expect(await contactsOf(talk)).toEqual([['Age UK', 'Mrs Khan wants a lift to the fair']]);
    const again = await talk.say('maya', 'log Jane at number 3 wants a lift');
    await talk.press('maya', 'Just a reminder', again);
    expect(await followupsOf(talk)).toMatchObject([
      { title: 'Jane at number 3 wants a lift', partner: null },
    ]);
    expect(await namesOf(talk)).toEqual(['Age UK']);
  });

  it('is added only by somebody who says that it is a group', async () => {
    const talk = await newTalk();
    const said = await talk.say('tom', 'partner add John Lewis');
    expect(said.text).toContain('Which group is John Lewis with?');
    expect(await namesOf(talk)).toEqual([]);
    await talk.press('tom', "It's a group", said);
    expect(await namesOf(talk)).toEqual(['John Lewis']);
  });
});

describe('a name that is probably known', () => {
  it.each([
    ['Larch Kitchen CIC', 'Larch Kitchen C.I.C.'],
    ['St Hilda Hall', 'Saint Hilda Hall'],
    ['Withernwick High School', 'Wthernwick High School'],
  ])('is shown before a second row is made: %s', async (known, typed) => {
    const talk = await talkWith(known);
    const said = await talk.say('tom', `partner add ${typed}`);
    expect(said.text).toBe(`Is that ${known}, which I know? Nothing has changed.`);
    expect(said.buttons).toEqual(['Yes', 'No, add it', 'Cancel']);
    expect((await talk.press('tom', 'Yes', said)).text).toContain(known);
    expect(await namesOf(talk)).toEqual([known]);
    await talk.press('tom', 'No, add it', said);
    expect(await namesOf(talk)).toHaveLength(2);
  });

  it('is shown before another partner is renamed to it', async () => {
    const talk = await talkWith('Larch Kitchen', 'Pier Players');
    const said = await talk.say('tom', 'partner edit pier players name:"Larch Kitchen Ltd"');
    expect(said.text).toContain('Is that Larch Kitchen, which I know?');
    expect(await namesOf(talk)).toEqual(['Larch Kitchen', 'Pier Players']);
    await talk.press('tom', 'No, use it', said);
    expect(await namesOf(talk)).toContain('Larch Kitchen Ltd');
  });
});

it('a partner that was renamed is known by its old name, and undo takes that back', async () => {
  const talk = await talkWith('Pier Players, Singers and Friends');
  const said = await talk.say(
    'tom',
    'partner edit "pier players, singers and friends" name:"Coastline Stage"',
  );
  expect(said.text).toContain('I still know it as Pier Players, Singers and Friends.');
  await talk.say('maya', 'log pier players, singers and friends met Jo');
  expect(await contactsOf(talk)).toEqual([['Coastline Stage', 'met Jo']]);
  expect((await talk.say('maya', 'partner find pier')).text).toContain('Coastline Stage');
  await talk.press('tom', 'Undo', said);
  const [row] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  expect(row).toMatchObject({ name: 'Pier Players, Singers and Friends', aliases: [] });
});

it('a name that is only written another way leaves no old name behind', async () => {
  const talk = await talkWith('pier players');
  const said = await talk.say('tom', 'partner edit pier players name:"Pier Players"');
  expect(said.text).not.toContain('still know');
  const [row] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  expect(row).toMatchObject({ name: 'Pier Players', aliases: [] });
});

describe('a detail that the command does not have', () => {
  it('is asked about, one after the other, and never part of the name unasked', async () => {
    const talk = await newTalk();
    const first = await talk.say(
      'tom',
      'partner add Larch Rowing Club steward:@tom cadence:"3 weeks"',
    );
    expect(first.text).toBe("I don't know steward:. Did you mean lead:? I've kept your words.");
    expect(first.buttons).toEqual(['lead: Tom', 'Leave it out', "It's part of the name", 'Cancel']);
    const second = await talk.press('tom', 'lead: Tom', first);
    expect(second.text).toContain("I don't know cadence:. Did you mean every:?");
    await talk.press('tom', 'every: 3 weeks', second);
    const [row] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    expect(row).toMatchObject({
      name: 'Larch Rowing Club',
      lead: (await talk.member('tom')).id,
      every: 'P3W',
    });
  });

  it.each([
    ['partner add Larch Choir laed:@tom', 'Did you mean lead:?', 'lead: Tom'],
    ['partner add Larch Choir steward: @tom', 'Did you mean lead:?', 'lead: Tom'],
    ['partner add Larch Choir sectr:charity', 'Did you mean sector:?', 'sector: charity'],
    ['followup add ring the shop deadline:friday', 'Did you mean by:?', 'by: friday'],
    ['log age uk met Jane bye:friday', 'Did you mean by:?', 'by: friday'],
  ])('offers the one that was meant: %s', async (line, question, label) => {
    const talk = await talkWith('Age UK');
    const said = await talk.say('tom', line);
    expect(said.text).toContain(question);
    expect(said.buttons[0]).toBe(label);
  });

  it('is left out, or part of the name, if somebody says so', async () => {
    const talk = await newTalk();
    const asked = () => talk.say('tom', 'partner add Larch Club nickname:larks today');
    await talk.press('tom', 'Leave it out', await asked());
    await talk.press('tom', "It's part of the name", await asked());
    expect((await namesOf(talk)).sort()).toEqual([
      'Larch Club nickname:larks today',
      'Larch Club today',
    ]);
  });

  it.each([
    'followup add ring Sue: ask about the keys',
    'followup add read https://example.org/a',
    'followup add re:the lease',
    'log age uk agreed room:B12 for the fair',
  ])('is not seen in ordinary text: %s', async (line) => {
    const talk = await talkWith('Age UK');
    expect((await talk.say('tom', line)).text).toContain('Noted');
  });
});

describe('words with a colon', () => {
  it('a pasted mail is text', async () => {
    const talk = await talkWith('Age UK');
    const mail = 'From: Pat Example\nTo: Maya\nSubject: lease of the hall\nHi Maya, fine by me.';
    await talk.say('maya', `log age uk ${mail}`);
    expect(await contactsOf(talk)).toEqual([['Age UK', mail]]);
  });

  it('that cannot be read as a detail may be part of the note', async () => {
    const talk = await talkWith('Age UK');
    const said = await talk.say('maya', 'log age uk how: they want to lead next year');
    expect(said.text).toContain('I don\'t know "they" for how.');
    expect(await contactsOf(talk)).toEqual([]);
    await talk.press('maya', "It's part of the note", said);
    expect(await contactsOf(talk)).toEqual([['Age UK', 'how: they want to lead next year']]);
  });
});
