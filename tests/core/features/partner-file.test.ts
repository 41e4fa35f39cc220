import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/core/domain/directory/directory.ts';
import { readTable } from '../../../src/core/features/partners/csv.ts';
import { planImport } from '../../../src/core/features/partners/import-plan.ts';
import { readRow } from '../../../src/core/features/partners/import-row.ts';
import { UserError } from '../../../src/core/message/user-error.ts';

const when = { now: new Date('2026-11-18T10:00:00Z'), zone: 'Europe/London', today: '2026-11-18' };

async function refusedFor(file: string): Promise<string> {
  try {
    await readTable(file);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

describe('a list of partners', () => {
  it.each([
    ['commas', 'name,aliases\nOakfield School,Oaks'],
    ['semicolons', 'name;aliases\nOakfield School;Oaks'],
    ['tabs', 'name\taliases\nOakfield School\tOaks'],
    ['a mark in front and Windows line ends', '\uFEFFname,aliases\r\nOakfield School,Oaks\r\n'],
    ['old line ends', 'name,aliases\rOakfield School,Oaks\r'],
    ['other headers', ' Organisation , Also_known as\nOakfield School,Oaks'],
    ['quotes', '"name","aliases"\n"Oakfield School","Oaks"'],
    ['empty rows', 'name,aliases\n,\n\nOakfield School , Oaks\n,,\n'],
  ])('is read with %s', async (_, file) => {
    const { rows } = await readTable(file);
    expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'Oakfield School', aliases: 'Oaks' }]);
  });

  it('keeps commas, quotes and line breaks inside quotes, and knows the line a row begins on', async () => {
    const { rows } = await readTable(
      'name,sector\n"Smith, ""Jo""\nand Co",school\n\n12" Club,club\n',
    );
    expect(rows).toEqual([
      { line: 2, cells: { name: 'Smith, "Jo"\nand Co', sector: 'school' }, overflows: false },
      { line: 5, cells: { name: '12" Club', sector: 'club' }, overflows: false },
    ]);
  });

  it.each(['\t', ';', ','])('keeps empty cells between %j', async (mark) => {
    const file = [`name,level,sector`, `Oakfield,,school`, `,,club`]
      .join('\n')
      .replaceAll(',', mark);
    expect((await readTable(file)).rows.map(({ cells }) => cells)).toEqual([
      { name: 'Oakfield', level: '', sector: 'school' },
      { name: '', level: '', sector: 'club' },
    ]);
  });

  it('takes a list of names alone, even with commas', async () => {
    expect((await readTable('name\nSmith, Jones & Co')).rows[0]?.cells.name).toBe(
      'Smith, Jones & Co',
    );
  });

  it('says which columns it does not use', async () => {
    expect((await readTable('name,postcode,,Last contact\nA,B,C,D')).ignored).toEqual(['postcode']);
  });

  it.each([
    ['a title and an empty row above', 'Our contacts 2026,\n,\nname,aliases\nOakfield School,Oaks'],
    ['a title of one cell above', 'Partners\n\nname;aliases\nOakfield School;Oaks'],
    ['the delimiter above', 'sep=;\nname;aliases\nOakfield School;Oaks'],
    ['the delimiter in quotes above', '"sep=|"\nname|aliases|\nOakfield School|Oaks|'],
    ['the name of an encoding above', 'UTF-8\nname,aliases\nOakfield School,Oaks'],
    ['bars', 'name|aliases\nOakfield School|Oaks'],
    ['a slip in a header', 'Orgnisation,Aliases\nOakfield School,Oaks'],
  ])('is read with %s', async (_, file) => {
    const { rows } = await readTable(file);
    expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'Oakfield School', aliases: 'Oaks' }]);
  });

  it.each([
    'Organisation name',
    'Name of the organisation',
    'Organization Name',
    'Company',
    'Company Name',
    'Account Name',
    'charity_name',
    'SchoolName',
    'Grant Recipient Org:Name',
    'Charity Name (E&W)',
    'Partner organisations',
  ])('has the names under %j, and says so', async (header) => {
    const { rows, taken } = await readTable(`Ref,"${header}",Town\n7,Oakfield School,Hull`);
    expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'Oakfield School' }]);
    expect(taken).toEqual([`name from "${header}"`]);
  });

  it.each(['Organisation type', 'Company number', 'Account ID', 'Charity status', 'Contact name'])(
    'has no names under %j',
    async (header) => {
      expect(await refusedFor(`Ref,${header}\n7,Oakfield School`)).toContain(`"${header}"`);
    },
  );

  it('of people has the partners under the organisation, and offers the other column', async () => {
    const file = 'Name,Family Name,Organization 1 - Name\nJo Field,Field,Oakfield School';
    const { rows, nameChoices } = await readTable(file);
    expect(rows[0]?.cells.name).toBe('Oakfield School');
    expect(nameChoices).toEqual(['Name']);
    expect((await readTable(file, 'name')).rows[0]?.cells.name).toBe('Jo Field');
    expect((await readTable(file, 'family name')).rows[0]?.cells.name).toBe('Field');
  });

  it('says what stands above the headers', async () => {
    const { titles } = await readTable('sep=,\nOur contacts,,2026\n\nName,Level\nOakfield,local');
    expect(titles).toEqual(['Our contacts 2026']);
  });

  it('has no headers in the middle of its rows', async () => {
    const file = 'Ref,Title,Type\n1,Elm House,Partner\n2,Ash House,Partner';
    expect(await refusedFor(file)).toContain('"Ref", "Title" and "Type"');
  });

  it('names the headers that it found when none is known', async () => {
    expect(await refusedFor('Ref;Postcode;Town\n7;HU1;Hull')).toContain(
      'The first line has "Ref", "Postcode" and "Town".',
    );
  });

  it.each([
    ['', 'That file is empty.'],
    [' \n\n', 'That file is empty.'],
    ['name,level', 'has only its first line'],
    ['name,level\n,\n', 'has only its first line'],
    ['hello there,\nhow are you', "can't find a column called name"],
    ['{"partners": []}', "can't find a column called name"],
    ['name,name\nA,B', 'Two columns are called name.'],
    ['name\n"Oakfield\nSchool', 'never closed'],
    [`name\n"${'Oakfield\n'.repeat(5000)}`, 'more than 16,000 characters'],
    [`name${',a'.repeat(400_000)}`, 'more than 16,000 characters'],
    [`name\n${'A\n'.repeat(2001)}`, 'more than 2,000 partners'],
    ['name\nCaf\uFFFD on the Corner', 'Save it as "CSV UTF-8"'],
    ['PK\uFFFD\uFFFDname', 'not a CSV file'],
    ['PK\u0003\u0004name', 'not a CSV file'],
    ['name\n\0\0', 'not a CSV file'],
  ])('the %#th bad file is refused', async (file, sentence) => {
    expect(await refusedFor(file)).toContain(sentence);
  });
});

describe('a file of a megabyte', () => {
  /** Runs some work. @returns how often others had a turn meanwhile */
  async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
    let turns = 0;
    let isDone = false;
    const done = work().finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await setImmediate();
      turns++;
    }
    await done;
    return turns;
  }

  it('lets others have turns while it is read', async () => {
    const empty = `name,level\n${',\n'.repeat(50_000)}Oakfield,local\n`;
    expect(await turnsDuring(() => readTable(empty))).toBeGreaterThan(20);
    const { rows } = await readTable(empty);
    expect(rows).toEqual([
      { line: 50_002, cells: { name: 'Oakfield', level: 'local' }, overflows: false },
    ]);
  });

  it('is read no further than to the first row too many', async () => {
    const file = `name\n${'a\n'.repeat(500_000)}`;
    expect(await turnsDuring(() => refusedFor(file))).toBeLessThan(20);
  });
});

describe('a row', () => {
  const read = (cells: Record<string, string>, overflows = false) =>
    readRow({ line: 7, cells: { name: 'Oakfield', ...cells }, overflows }, when);

  it.each([
    [{ level: 'Hyper-Local' }, { level: 'hyperlocal' }],
    [{ kinds: 'Co producing; grant funding' }, { kinds: ['co-producing', 'grant funding'] }],
    [{ kinds: 'contracting,,contracting' }, { kinds: ['contracting'] }],
    [{ every: '6 weeks' }, { every: 'P6W' }],
    [{ lastcontact: '03/04/2026' }, { lastContact: '2026-04-03' }],
    [{ lastcontact: '3.4.26' }, { lastContact: '2026-04-03' }],
    [{ lastcontact: '2026-04-03 00:00:00' }, { lastContact: '2026-04-03' }],
    [{ lastcontact: '3 Dec' }, { lastContact: '2025-12-03' }],
    [{ lastcontact: '18/11/2026' }, { lastContact: '2026-11-18' }],
    [{ name: '=1+1' }, { name: '=1+1' }],
    [{ name: ' @home \n club' }, { name: '@home club' }],
    [{ aliases: '-Oaks; +Oak' }, { aliases: ['-Oaks', '+Oak'] }],
    [{ name: '="Oak House"' }, { name: 'Oak House' }],
    [{ name: '="12 ""Oaks"" Club"' }, { name: '12 "Oaks" Club' }],
    [
      { name: 'Oak &amp; Ash', sector: 'arts &#38; crafts' },
      { name: 'Oak & Ash', sector: 'arts & crafts' },
    ],
    [{ name: 'Oak & Ash; &Co' }, { name: 'Oak & Ash; &Co' }],
    [{ name: 'Café Ã la carte' }, { name: 'Café Ã la carte', remarks: [] }],
    [
      { name: 'CrÃ¨che at Sandâ€™s End' },
      {
        name: 'Crèche at Sand’s End',
        remarks: ['I read "CrÃ¨che at Sandâ€™s End" as "Crèche at Sand’s End".'],
      },
    ],
    [{ kinds: 'grant funding & contracting' }, { kinds: ['grant funding', 'contracting'] }],
    [{ kinds: 'contracting and co-producing' }, { kinds: ['contracting', 'co-producing'] }],
    [{ every: '4-weekly' }, { every: 'P4W' }],
    [{ lastcontact: 'n/a' }, { lastContact: null, remarks: [] }],
    [{ lastcontact: 'Never' }, { lastContact: null, remarks: [] }],
    [
      { lastcontact: 'May-24' },
      {
        lastContact: '2024-05-01',
        remarks: [
          '"May-24" is a month without a day, so I take Wed 1 May 2024 as the last contact.',
        ],
      },
    ],
    [{ lastcontact: 'Nov-26' }, { lastContact: '2026-11-01' }],
    [{ lastcontact: 'June 2025' }, { lastContact: '2025-06-01' }],
    [{ lastcontact: '6/2025' }, { lastContact: '2025-06-01' }],
    [{ lastcontact: '2025-06' }, { lastContact: '2025-06-01' }],
    [{ lastcontact: '24-May' }, { lastContact: '2026-05-24' }],
    [
      { lastcontact: '01/01/1900' },
      {
        lastContact: null,
        remarks: ['"01/01/1900" is what programs write for no date, so I take no last contact.'],
      },
    ],
    [{}, { level: null, kinds: [], sector: null, every: null, lastContact: null, lead: '' }],
  ])('%j is read', (cells, draft) => {
    expect(read(cells)).toMatchObject(draft);
  });

  it.each([
    [{ name: '' }, 'There is no name.'],
    [{ name: '?!' }, 'at least one letter'],
    [{ aliases: 'x'.repeat(121) }, '121 characters'],
    [
      { level: 'county' },
      `I don't know the level "county". It can be hyperlocal, local, regional or national.`,
    ],
    [{ kinds: 'contracting; tea' }, `I don't know the kind "tea"`],
    [{ sector: 'x'.repeat(61) }, '61 characters'],
    [{ every: 'often' }, `I can't read "often" as how often.`],
    [{ lastcontact: '31/02/2026' }, `I can't read "31/02/2026" as a day.`],
    [{ lastcontact: 'ages ago' }, 'as a day. Write it as'],
    [{ lastcontact: '44958' }, 'as a day. Write it as'],
    [{ lastcontact: '19/11/2026' }, 'is in the future.'],
    [{ lastcontact: 'Dec-26' }, 'is in the future.'],
    [{ lastcontact: 'May 24' }, 'as a day. Write it as'],
    [{ lastcontact: '3/5/1902' }, 'too long ago'],
  ])('%j cannot be used', (cells, reason) => {
    expect(read(cells)).toEqual({ line: 7, text: expect.stringContaining(reason) });
  });

  it('with more cells than columns cannot be used', () => {
    expect(read({}, true)).toMatchObject({ text: expect.stringContaining('quotes around') });
  });
});

describe('the plan', () => {
  const directory = createDirectory(
    [
      { id: 'a', name: 'Bristol City Council', aliases: ['BCC'], archived: false },
      { id: 'b', name: 'Oakfield', aliases: [], archived: true },
    ],
    [],
  );
  const partnership = {
    id: 'p',
    version: 1,
    name: 'P',
    zone: 'Europe/London',
    workingDays: [],
    calendar: '',
    holidays: null,
    partnerHolidays: null,
    quietHours: null,
    weeklyCap: null,
    every: 'P6W',
    everyRules: [],
    keepNotes: null,
    safeguarding: null,
    namesVersion: 0,
    namesChanges: [],
    setUpAt: null,
    setUpOffer: null,
    mergedInto: null,
  };
  const plan = async (file: string, idOf = (key: string) => `id ${key}`) =>
    planImport((await readTable(file)).rows, {
      ...{ ...when, directory, partnership, idOf },
      actor: { id: 'grace', role: 'coordinator' },
      erasedOn: () => undefined,
    });

  it('sorts the rows', async () => {
    const { good, here, twice, bad } = await plan(
      [
        'name,aliases,level',
        'Local Trust,LT,national',
        'bcc,,',
        'Oakfield School,Oakfield,',
        'LOCAL TRUST,,',
        'LT,,',
        'Trusts Together,Local Trust,',
        'Shelter,,county',
        'Oakfield,,',
      ].join('\n'),
    );
    expect(good.map(({ id, name, aliases }) => ({ id, name, aliases }))).toEqual([
      { id: 'id local trust', name: 'Local Trust', aliases: ['LT'] },
    ]);
    expect(here).toEqual([
      'bcc (as Bristol City Council)',
      'Oakfield School (as Oakfield) (in the archive)',
      'Oakfield (in the archive)',
    ]);
    expect(twice.map(({ line }) => line)).toEqual([5, 6, 7]);
    expect(bad.map(({ line }) => line)).toEqual([8]);
  });

  it('leaves out names that belong to others, and says so', async () => {
    const { good, notes } = await plan(
      'name,aliases,lead\nRushmoor,RBC,Nobody Known\nReading,RBC; BCC; Readers,',
    );
    expect(good.map(({ aliases, lead }) => [aliases, lead])).toEqual([
      [['RBC'], null],
      [['Readers'], null],
    ]);
    expect(notes.map(({ line }) => line)).toEqual([2, 3, 3]);
    expect(notes[0]?.text).toContain('nobody here is called Nobody Known');
  });

  it('asks about names that are like a known one, or one above', async () => {
    const { good, alike } = await plan(
      'name\nElm Kitchen Ltd\nElm Kitchen Limited\nBristol City Counsil\nSt Ann Hall\nSaint Ann Hall\nAsh Club 1\nAsh Club 2',
    );
    expect(good.map(({ name }) => name)).toEqual([
      'Elm Kitchen Ltd',
      'St Ann Hall',
      'Ash Club 1',
      'Ash Club 2',
    ]);
    expect(alike.map(({ text }) => text)).toEqual([
      'Elm Kitchen Limited may be Elm Kitchen Ltd on line 2.',
      'Bristol City Counsil may be Bristol City Council, which is here already.',
      'Saint Ann Hall may be St Ann Hall on line 5.',
    ]);
  });

  it('counts the last contact from day one', async () => {
    const [row] = (await plan('name,last contact,every\nShelter,1/10/2026,1 month')).good;
    expect(row).toMatchObject({
      importedContact: '2026-10-01',
      lastContact: '2026-10-01',
      lastTwoWay: '2026-10-01',
      quietOn: '2026-11-01',
      nudgeOn: '2026-11-01',
    });
  });

  it('does not count partners that the same import added', async () => {
    const own = (key: string) => (key === 'bristol city council' ? 'a' : `id ${key}`);
    expect((await plan('name\nBristol City Council', own)).good).toHaveLength(1);
  });
});
