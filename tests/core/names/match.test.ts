import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchStart, matchWhole } from '../../../src/core/names/match.ts';
import { nameKey } from '../../../src/core/names/name-words.ts';
import { nearest } from '../../../src/core/names/nearest.ts';
import { partners as all } from '../parsing/resolve-line.ts';

const partners = all.filter((partner) => !partner.archived);

/** A match in short: the name and the rest, the names to choose from, or those that are near. */
function found(text: string, match = matchStart(text, partners)) {
  if (match.kind === 'one') return [match.item.name, match.rest];
  if (match.kind === 'several')
    return [match.items.map(({ name }) => name), match.typed, match.rest];
  return { near: match.near.map(({ name }) => name) };
}

it.each([
  ['The National Lottery Community Fund', 'national lottery community fund'],
  ['Esmée Fairbairn Foundation', 'esmee fairbairn foundation'],
  ['Tyne & Wear', 'tyne and wear'],
  ['Co-op', 'coop'],
  ["St. Mary's C.E. School", 'st marys c e school'],
  ['St Mary’s', 'st marys'],
  ['  Wide   Space ', 'wide space'],
  ['Łódź Straße Ægir', 'lodz strasse aegir'],
  ['مركز الشباب', 'مركز الشباب'],
  ['社区中心', '社区中心'],
  ['हिन्दी', 'हिन्दी'],
  ['한국', '한국'],
  ['Ы-42', 'ы42'],
  ['The', 'the'],
  ['???', ''],
  ['😀', ''],
  ['', ''],
])('compares %j as %j', (name, key) => expect(nameKey(name)).toBe(key));

it('compares a key as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const key = nameKey(name);
      fc.pre(!key.startsWith('the '));
      expect(nameKey(key)).toBe(key);
    }),
  );
});

describe('the start of what was typed', () => {
  it.each([
    ['Riverside Borough Council met Jane', 'Riverside Borough Council', 'met Jane'],
    ['riverside borough council: met Jane', 'Riverside Borough Council', 'met Jane'],
    ['riverside housing problem', 'Riverside Housing', 'problem'],
    ['the riverside group rang', 'Riverside Housing', 'rang'],
    ['local trust visit', 'Local Trust', 'visit'],
    ['age uk call', 'Age UK', 'call'],
    ['bcc about the bins', 'Bristol City Council', 'about the bins'],
    ['bristol council – the bins', 'Bristol City Council', 'the bins'],
    ['co-op gave us £200', 'Co-op Community Investment Foundation', 'gave us £200'],
    ['co op gave us £200', 'Co-op Community Investment Foundation', 'gave us £200'],
    ['stoke on trent council bins', 'Stoke-on-Trent City Council', 'bins'],
    ['esmee fairbairn', 'Esmée Fairbairn Foundation', ''],
    ['street games for kids', 'StreetGames', 'for kids'],
    [
      'withernsea and patrington medical group rang',
      'Withernsea & Patrington Medical Group',
      'rang',
    ],
    ['shelter and a friend', 'Shelter', 'and a friend'],
    ['groundwrk visit', 'Groundwork UK', 'visit'],
    ['wihternsea high school met', 'Withernsea High School', 'met'],
    ['shelter 😀  two  spaces\nand a line', 'Shelter', '😀  two  spaces\nand a line'],
    ['shelter 😀 - us', 'Shelter', '😀 - us'],
    ['shelter + us', 'Shelter', '+ us'],
    ['مركز الشباب زيارة', 'مركز الشباب', 'زيارة'],
  ])('%j is %s', (text, name, rest) => expect(found(text)).toEqual([name, rest]));

  it('asks where several fit, best first, and keeps the rest', () => {
    expect(found('riverside council met Jane')).toEqual([
      ['Riverside Borough Council', 'Riverside Parish Council'],
      'riverside council',
      'met Jane',
    ]);
    expect(found('Riverside  met')).toEqual([
      ['Riverside Housing', 'Riverside Borough Council', 'Riverside Parish Council'],
      'Riverside',
      'met',
    ]);
  });

  it.each([
    ['stoke-on-trent bins', 'Stoke-on-Trent City Council', 'stoke-on-trent', 'bins'],
    ['tyne and wear', 'Community Foundation Tyne & Wear and Northumberland', 'tyne and wear', ''],
    [
      'withernsea & patrington met',
      'Withernsea & Patrington Medical Group',
      'withernsea & patrington',
      'met',
    ],
    ['withernsea council met', 'Withernsea Town Council', 'withernsea council', 'met'],
    ['avon & somerset met', 'Avon and Somerset Police', 'avon & somerset', 'met'],
    [
      'sandwel metropolitan met',
      'Sandwell Metropolitan Borough Council',
      'sandwel metropolitan',
      'met',
    ],
    ['oakfield rang', 'Oakfield School', 'oakfield', 'rang'],
  ])('asks about part of a name, also where only one has it: %j', (text, name, typed, rest) =>
    expect(found(text)).toEqual([[name], typed, rest]),
  );

  it('quotes the name without the marks after it', () => {
    expect(matchStart('riverside: – met', partners)).toMatchObject({
      typed: 'riverside',
      rest: 'met',
    });
  });

  it('asks about five at most', () => {
    const many = Array.from({ length: 9 }, (_, id) => ({
      id: `${id}`,
      name: `Hill Farm ${id}`,
      aliases: [],
    }));
    expect(matchStart('hill farm', many)).toMatchObject({ kind: 'several', items: { length: 5 } });
  });

  it.each([
    [
      'council met',
      ['Medway Council', 'Sandwell Metropolitan Borough Council', 'Bristol City Council'],
    ],
    ['trust me', ['Local Trust', 'Media Trust']],
    ['local shopkeeper came', ['Local Trust']],
    ['police called', ['Avon and Somerset Police']],
    ['power cut', ['Power to Change']],
    ['to change it', []],
    ['uk', ['Age UK', 'Groundwork UK']],
    ['met Jane', []],
    ['Zzz Trust', []],
    ['esme fairburn', ['Esmée Fairbairn Foundation']],
    ['', []],
    ['😀', []],
  ])('takes nobody for %j', (text, near) => {
    const result = found(text);
    expect(result).toHaveProperty('near');
    expect(result).toMatchObject({ near });
  });

  it('needs whole words: "met" is not Metropolitan', () => {
    expect(matchStart('metro', partners).kind).toBe('none');
    expect(matchStart('met sandwell', partners).kind).toBe('none');
  });
});

it('knows names with marks and emoji in them by just these names', () => {
  const marked = ['🌱 Grow Wild', 'Arts + Minds', 'Youth / Sport @ Hill', '#Hope Hub', 'The The'];
  const list = marked.map((name, id) => ({ id: `${id}`, name, aliases: [] }));
  for (const name of marked) {
    expect(matchWhole(name, list)).toMatchObject({ kind: 'one', item: { name } });
    expect(matchStart(`${name} met`, list)).toMatchObject({ item: { name }, rest: 'met' });
  }
  expect(matchStart('😀 grow wild', list).kind).toBe('none');
});

it('asks when two partners share an alias', () => {
  const two = [
    { id: '1', name: 'Bristol City Council', aliases: ['BCC'] },
    { id: '2', name: 'Birmingham City Council', aliases: ['BCC'] },
  ];
  expect(matchStart('BCC rang', two)).toMatchObject({
    kind: 'several',
    typed: 'BCC',
    rest: 'rang',
  });
});

it('takes a whole text only as a whole', () => {
  expect(found('', matchWhole('riverside housing', partners))).toEqual(['Riverside Housing', '']);
  expect(matchWhole('riverside housing problem', partners).kind).toBe('none');
  expect(matchWhole(`riverside ${'word '.repeat(50)}`, partners).kind).toBe('none');
});

it('knows a common word as the name of a person', () => {
  const people = [{ id: '1', name: 'Sam Young', aliases: [] }];
  expect(matchStart('young please', people).kind).toBe('none');
  expect(matchStart('young please', people, 'people')).toMatchObject({
    kind: 'one',
    rest: 'please',
  });
});

it('finds every partner by its own name, with any words after it', () => {
  const rest = fc.array(fc.constantFrom('zqx', '😀', '£200', '—', '"so"'), { maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom(...partners), rest, (partner, words) => {
      const match = matchStart(`${partner.name} ${words.join(' ')}`, partners);
      expect(match.kind === 'one' && match.item.name).toBe(partner.name);
    }),
  );
});

it.each([
  ['lgo', 'log'],
  ['folowup ad', 'followup add'],
  ['hlep', 'help'],
  ['quie', 'quiet'],
  ['xyzzy', undefined],
  ['', undefined],
])('nearest to %j is %s', (word, candidate) => {
  expect(nearest(word, ['log', 'followup add', 'help', 'quiet'])).toBe(candidate);
});

it('reads all names of 2,000 partners once, however often it is asked', () => {
  const words = partners.flatMap(({ name }) => name.split(' '));
  const word = (seed: number) => words[(seed * 7919) % words.length] ?? '';
  let reads = 0;
  const many = Array.from({ length: 2000 }, (_, id) => ({
    id: String(id),
    get name() {
      reads += 1;
      return `${word(id)} ${word(id + 3)} ${id.toString(36)}quay ${word(id + 5)}`;
    },
    aliases: [`${id.toString(36)}alias`, `${word(id + 1)} ${id.toString(36)}mill`],
  }));
  const line = `community council riverside ${'withernsea foundation trust housing '.repeat(50)}`;
  matchStart(line, many);
  expect(reads).toBeGreaterThanOrEqual(many.length);
  reads = 0;
  for (let count = 0; count < 20; count++) matchStart(line, many);
  // Only the few candidates that share a word are read again.
  expect(reads / 20).toBeLessThan(many.length / 5);
});

it('a short word is near another with one typing mistake only, and a longer one with two', () => {
  const near = (typed: string, name: string) => {
    const match = matchWhole(typed, [{ id: 'a', name, aliases: [] }]);
    return match.kind === 'none' ? match.near.map((item) => item.name) : [name];
  };
  for (const [typed, name] of [
    ['Acorn Bookshop', 'Avon and Somerset Police'],
    ['Amber Crafts', 'Arbor Housing Association'],
    ['Maple Bakery', 'Apple Seed Nursery'],
  ] as const)
    expect(near(typed, name)).toEqual([]);
  for (const [typed, name] of [
    ['Leads Bakery', 'Leeds Minster'],
    ['Oakfeild Garage', 'Oakfield School'],
    ['Hornse Garage', 'Hornsea Choir'],
  ] as const)
    expect(near(typed, name)).toEqual([name]);
});
