import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { sheetsText } from '../../../src/core/base/sheet-text.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

const list = [
  'Name,Aliases,Level,Sector,Kinds,Last_Contact,Lead,Every',
  'Bristol City Council,BCC; Bristol Council,local,council,co-producing; grant funding,01/10/2026,tom,1 month',
  'Shelter,,county,,,,,',
  '"Smith, Jones & Co",,,business,,,,',
  '=HYPERLINK("x"),,,,,,,',
  'shelter trust,,,,,,Nobody,',
  'Shelter Trust,,,,,,,',
  'Oaks,,,,,,,',
].join('\n');

const names = async ({ store }: Talk) =>
  (await collect(store.of(partners).all({ index: 'byKey' }))).map(({ name }) => name);

const rowsOf = ({ store }: Talk) => collect(store.of(partners).all({ index: 'byKey' }));

async function preview(talk: Talk, file: string) {
  const { form } = await talk.say('tom', 'partner import');
  expect(form?.fields.map(({ kind }) => kind)).toEqual(['file']);
  return talk.submit('tom', form, { file });
}

describe('partner import', () => {
  it('reads the first sheet with a list, and offers the others', async () => {
    const talk = await newTalk();
    const file = sheetsText([
      { name: 'About', csv: 'Hello' },
      { name: 'Schools', csv: 'name,level\nOakfield School,local' },
      { name: 'Trusts', csv: 'name\nShelter Trust\nGarden Trust' },
    ]);
    const said = await preview(talk, file);
    expect(said.text).toContain('1 partner to add.');
    expect(said.text).toContain('I read the sheet "Schools". There is a list in "Trusts" too.');
    const other = await talk.press('tom', 'Read Trusts', said);
    expect(other.text).toContain('2 partners to add.');
    const back = await talk.press('tom', 'Read Schools', other);
    expect(back.text).toContain('Oakfield School');
    await talk.press('tom', 'Add 1 partner', back);
    expect(await names(talk)).toEqual(['Oakfield School']);
  });

  it('first shows what it would do, then does it after a press', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Oakfield School aliases:Oaks');
    const said = await preview(talk, list);
    expect(said.text).toContain(
      "4 partners to add, 1 already here, 1 twice in the file, 1 row I can't use. Nothing is added yet.",
    );
    expect(said.text).toContain(`Line 3: I don't know the level "county"`);
    expect(said.text).toContain('Line 7: Shelter Trust is on line 6 already.');
    expect(said.text).toContain(
      'Line 6: shelter trust will be added without a lead: nobody here is called Nobody.',
    );
    expect(said.text).toContain('Oaks (as Oakfield School)');
    expect(said.buttons).toEqual(['Add 4 partners', 'Cancel']);
    expect(await names(talk)).toEqual(['Oakfield School']);

    const version = await namesVersion(talk);
    const done = await talk.press('tom', 'Add 4', said);
    expect(done.text).toContain('Added 4 partners.');
    expect(await namesVersion(talk)).toBe(version + 1);
    expect(await names(talk)).toEqual([
      'Bristol City Council',
      '=HYPERLINK("x")',
      'Oakfield School',
      'shelter trust',
      'Smith, Jones & Co',
    ]);
    const [council] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    const { id } = await talk.member('tom');
    expect(council).toMatchObject({
      aliases: ['BCC', 'Bristol Council'],
      kinds: ['co-producing', 'grant funding'],
      lead: id,
      every: 'P1M',
      importedContact: '2026-10-01',
      lastTwoWay: '2026-10-01',
      quietOn: '2026-11-01',
    });
    expect((await talk.say('maya', 'partner show bcc')).text).toContain('Quiet since Sun 1 Nov');
    expect(talk.errors).toEqual([]);
  });

  it('shows each column that it would write, and what it read otherwise', async () => {
    const talk = await newTalk();
    const said = await preview(
      talk,
      'Organisation name,Last met,Also known as,Phone\nElm House,3/4/2026,Elms; Elm Hub,1\nAsh House,Mar-25,,',
    );
    expect(said.text).toContain('last contact Fri 3 Apr · also called Elms and Elm Hub');
    expect(said.text).toContain('last contact Sat 1 Mar 2025');
    expect(said.text).toContain('Line 3: "Mar-25" is a month without a day');
    expect(said.text).toContain('name from "Organisation name"');
    expect(said.text).toContain('last contact from "Last met"');
    expect(said.text).toContain("I don't use these columns: Phone.");
  });

  it('leaves out what looks like a person', async () => {
    const talk = await newTalk();
    const said = await preview(talk, 'name\nMrs Khan\nJohn Smith\nElm House');
    expect(said.text).toContain("1 partner to add, 2 rows I can't use.");
    expect(said.text).toContain(
      'Line 2: Mrs Khan looks like a person, and I keep organisations. If it is a group, add it by itself, not from a file.',
    );
    expect(said.buttons).toEqual(['Add 1 partner', 'Cancel']);
  });

  it('reads the names from another column after a press', async () => {
    const talk = await newTalk();
    const said = await preview(talk, 'Name,Company\nElm House,Ash Theatre');
    expect(said.buttons).toEqual(['Add 1 partner', 'Names from Company', 'Cancel']);
    const other = await talk.press('tom', 'Names from Company', said);
    expect(other.text).toContain('Ash Theatre');
    await talk.press('tom', 'Add 1', other);
    expect(await names(talk)).toEqual(['Ash Theatre']);
  });

  it('adds names that are like another one after a press', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Elm Kitchen Ltd');
    const said = await preview(talk, 'name\nElm Kitchen Limited\nAsh House');
    expect(said.text).toContain('1 partner to add, 1 like another one.');
    expect(said.text).toContain(
      'Line 2: Elm Kitchen Limited may be Elm Kitchen Ltd, which is here already.',
    );
    expect(said.buttons).toEqual(['Add 1 partner', 'Add the one alike too', 'Cancel']);
    const both = await talk.press('tom', 'Add the one', said);
    expect(both.buttons).toEqual(['Add 2 partners', 'Cancel']);
    expect((await talk.press('tom', 'Add 2', both)).text).toContain('Added 2 partners.');
    expect(await names(talk)).toEqual(['Ash House', 'Elm Kitchen Limited', 'Elm Kitchen Ltd']);
    expect(talk.errors).toEqual([]);
  });

  it('speaks of one and of several as such', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Elm Kitchen Ltd');
    await talk.say('maya', 'partner add Ash House');
    const one = await preview(talk, 'name\nElm Kitchen Limited\nAsh House');
    expect(one.text).toContain("Like another one, so I'll leave it out:");
    expect(one.text).toContain("Already here, so I'll leave it as it is: Ash House.");
    await talk.say('maya', 'partner add Oak House');
    const several = await preview(
      talk,
      'name\nElm Kitchen Limited\nElm Kitchen\nAsh House\nOak House',
    );
    expect(several.text).toContain("Like another one, so I'll leave them out:");
    expect(several.text).toContain("so I'll leave them as they are: Ash House, Oak House.");
  });

  it('offers what is newer about partners that are here, and can undo it', async () => {
    const talk = await newTalk();
    const first = 'name,last contact,level\nElm House,1/9/2026,\nAsh House,1/10/2026,local';
    await talk.press('tom', 'Add', await preview(talk, first));
    const before = await rowsOf(talk);
    const file =
      'name,aliases,last contact,level\nElm House,Elms,1/10/2026,national\nAsh House,,1/9/2026,national';
    const said = await preview(talk, file);
    expect(said.text).toContain('0 partners to add, 2 already here.');
    expect(said.text).toContain(
      'Elm House: last contact Thu 1 Oct 2026 (so far Tue 1 Sep 2026) · also called Elms · national',
    );
    expect(said.buttons).toEqual(['Take what is newer too', 'Cancel']);
    const newer = await talk.press('tom', 'Take what', said);
    expect(newer.buttons).toEqual(['Update 1 partner', 'Cancel']);
    expect(await rowsOf(talk)).toEqual(before);
    const done = await talk.press('tom', 'Update', newer);
    expect(done.text).toContain('Updated 1 partner.');
    const [ash, elm] = await rowsOf(talk);
    expect(ash).toEqual(before[0]);
    expect(elm).toMatchObject({
      aliases: ['Elms'],
      level: 'national',
      importedContact: '2026-10-01',
      lastContact: '2026-10-01',
      lastTwoWay: '2026-10-01',
    });
    expect((await preview(talk, file)).buttons).toEqual([]);
    await talk.press('tom', 'Undo', done);
    const after = await rowsOf(talk);
    expect(after[1]).toEqual({ ...before[1], version: after[1]?.version });
    expect(talk.errors).toEqual([]);
  });

  it('has one effect, however often it is pressed or started', async () => {
    const talk = await newTalk();
    const said = await preview(talk, list);
    const first = await talk.press('tom', 'Add', said);
    const again = await talk.press('tom', 'Add', said);
    expect(again.text).toBe(first.text);
    const count = (await names(talk)).length;
    const other = await preview(talk, list);
    expect(other.text).toContain('0 partners to add, 6 already here');
    expect(other.buttons).toEqual([]);
    expect(await names(talk)).toHaveLength(count);
  });

  it('works if the register has changed since', async () => {
    const talk = await newTalk();
    const said = await preview(talk, 'name\nShelter\nLocality');
    await talk.say('maya', 'partner add shelter');
    expect((await talk.press('tom', 'Add 2', said)).text).toContain('Added 1 partner.');
    expect(await names(talk)).toEqual(['Locality', 'shelter']);
  });

  it('can be undone', async () => {
    const talk = await newTalk();
    const done = await talk.press('tom', 'Add', await preview(talk, list));
    await talk.press('tom', 'Undo', done);
    expect(await names(talk)).toEqual([]);
    expect((await preview(talk, list)).text).toContain('5 partners to add');
  });

  it('can be cancelled', async () => {
    const talk = await newTalk();
    const said = await preview(talk, list);
    expect((await talk.press('tom', 'Cancel', said)).text).toContain('Nothing has changed');
    expect(await names(talk)).toEqual([]);
  });

  it('takes two thousand at once', async () => {
    const talk = await newTalk();
    const file = `name\n${Array.from({ length: 2000 }, (_, index) => `Club ${index}`).join('\n')}`;
    const done = await talk.press('tom', 'Add 2000 partners', await preview(talk, file));
    expect(done.text).toContain('Added 2000 partners.');
    expect((await talk.say('maya', 'partner list')).text).toContain('2000 partners');
    expect((await talk.press('tom', 'Undo', done)).text).toContain('Undone');
    expect((await talk.say('maya', 'partner list')).text).toContain('no partners yet');
  });

  it('is not for members, and says what is wrong with a file', async () => {
    const talk = await newTalk();
    expect((await talk.say('maya', 'partner import')).text).toContain('only a worker or');
    const empty = await preview(talk, 'name,level');
    expect(empty.text).toContain('has only its first line');
    expect(empty.form?.fields[0]?.problem).toContain('has only its first line');
    expect((await preview(talk, `name\n${'x'.repeat(1_000_000)}`)).text).toContain('1,000,000');
  });
});

async function namesVersion({ store }: Talk): Promise<number> {
  return (await store.of(partnerships).get(store.partnership))?.namesVersion ?? 0;
}
