import { describe, expect, it } from 'vitest';
import { findAlike } from '../../../src/core/names/likeness.ts';
import { matchStart } from '../../../src/core/names/match.ts';
import type { Named } from '../../../src/core/names/name-index.ts';
import { looksLikePerson } from '../../../src/core/names/private-person.ts';
import { PAIRS, TOWNS } from '../../fixtures/town-names.ts';

const itemsOf = (names: readonly string[]): Named[] =>
  names.map((name, index) => ({ id: `${index}`, name, aliases: [] }));

/** The ways in which people type a name. */
const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name) => name.replace(/ & /g, ' and ').replace(/^The /, ''),
];
const NOTES = [
  'rang about the fair',
  'met Jane about the lease',
  'their manager is leaving',
  ': a long talk',
  '– new dates',
  '',
  'emailed, no reply yet',
];

describe('half of the organisations of a town are registered', () => {
  const halves = TOWNS.flatMap(({ known, unknown }) => [
    { known, unknown },
    { known: unknown, unknown: known },
  ]);

  it('none of the others is taken for one of them', () => {
    const wrong = halves.flatMap(({ known, unknown }) => {
      const items = itemsOf(known);
      return linesOf(unknown).filter((line) => matchStart(line, items).kind === 'one');
    });
    expect(wrong).toEqual([]);
  });

  it('at most one of twenty that are registered is asked about, and the rest is taken right', () => {
    let lines = 0;
    const asked: string[] = [];
    for (const { known } of halves) {
      const items = itemsOf(known);
      for (const [index, name] of known.entries()) {
        for (const line of linesOf([name])) {
          lines++;
          const match = matchStart(line, items);
          if (match.kind !== 'one') asked.push(line);
          else expect([line, match.item.id]).toEqual([line, `${index}`]);
        }
      }
    }
    expect(lines).toBeGreaterThan(1000);
    expect(asked.length / lines).toBeLessThanOrEqual(0.05);
  });

  it.each(PAIRS)('%j and %j are one, also with the other one typed', (one, other) => {
    expect(matchStart(`${other} rang`, itemsOf([one]))).toMatchObject({
      kind: 'one',
      rest: 'rang',
    });
    expect(matchStart(`${one} rang`, itemsOf([other]))).toMatchObject({
      kind: 'one',
      rest: 'rang',
    });
  });
});

function linesOf(names: readonly string[]): string[] {
  return names.flatMap((name) =>
    SPELLINGS.flatMap((spell) => NOTES.map((note) => `${spell(name)} ${note}`.trim())),
  );
}

describe('what is not the whole name of one partner is asked about', () => {
  it.each([
    ['Severn Fire and Rescue Service', 'Severn Police rang'],
    ['Citizens Advice Malton', 'citizens advice selby rang about debt'],
    ['3rd Filey Sea Scouts', 'filey town council rang'],
    ['Age UK', 'Age UK Goole called'],
    ['Age UK', 'age uk goole called'],
    ['Age UK', 'AGE UK GOOLE RANG'],
    ['Age UK', 'Age UK, Goole rang'],
    ['Age UK Ryedale', 'age uk ryedale and filey rang'],
    ['Lantern Growers CIC', 'lantern primary school head rang'],
    ['Acorn Trust', 'acorn bakery gave us bread'],
    ['Rowan School', 'rowan school preparatory school met us'],
    ['The Pier Centre', 'pier centre friends came'],
    ['Mulberry House', 'mulberry rang'],
    ['Selby Town Council', 'selby met'],
    ['Selby Town Council', 'the council rang'],
    ['Truce Unit', 'truce unit 495 rang'],
  ])('%s before %j', (name, line) => {
    expect(matchStart(line, itemsOf([name])).kind).not.toBe('one');
  });

  it.each([
    ['16th Filey Scouts', '164th filey scouts met'],
    ['Fund 2025', 'fund 2026 met'],
    ['Unit 12', 'unit 13 rang'],
  ])('figures are no slips: %s is not in %j', (name, line) => {
    expect(matchStart(line, itemsOf([name])).kind).not.toBe('one');
  });

  it.each([
    ['Burton Youth Club', 'barton youth club rang'],
    ['Lancaster Carers', 'leicester carers rang'],
    ['Kirkham Players', 'birkham players rang'],
  ])('two places with nearly the same name are two: %s and %j', (name, line) => {
    expect(matchStart(line, itemsOf([name])).kind).not.toBe('one');
  });

  it('keeps the partners that may be meant, best first, and the words after what was typed', () => {
    expect(matchStart('Age UK Goole called', itemsOf(['Age UK', 'Goole Museum']))).toMatchObject({
      kind: 'several',
      items: [{ name: 'Age UK' }],
      typed: 'Age UK',
      rest: 'Goole called',
    });
    expect(matchStart('selby library rang', itemsOf(['Selby Town Council']))).toMatchObject({
      kind: 'none',
      near: [{ name: 'Selby Town Council' }],
    });
    expect(
      matchStart('rowan school prep met', itemsOf(['Rowan School', 'Rowan School Prep Centre'])),
    ).toMatchObject({
      kind: 'several',
      items: [{ name: 'Rowan School Prep Centre' }, { name: 'Rowan School' }],
    });
  });

  it('knows first letters, and asks', () => {
    const council = 'North Riding of Yorkshire Council';
    expect(matchStart('NRYC rang', itemsOf([council]))).toMatchObject({
      kind: 'several',
      items: [{ name: council }],
      typed: 'NRYC',
      rest: 'rang',
    });
  });
});

describe('what people write after a name is no part of it', () => {
  it.each([
    'met Jane about the lease',
    'Jane rang about the hall',
    'Mrs Khan rang',
    'Cllr Smith called',
    'and Jane met at the fair',
    'new manager started',
    'youth worker Dave dropped in',
    'lunch with Bob',
    'at the fair',
    'on Friday',
    'Friday lunch',
    'summer fair stall booked',
    'Manager rang',
    '£200 for paint',
    '20 chairs',
    '"so it goes" they said',
    '– lease of the hall',
    ': Goole office moved',
    'noreply',
    'no answer',
    'litter pick went well',
    'productive meeting about the bins',
    'assembly today',
    'secret talk',
  ])('%j', (rest) => {
    const name = 'Oakfield School';
    for (const typed of [name, name.toLowerCase()])
      expect(matchStart(`${typed} ${rest}`, itemsOf([name, 'Selby Museum']))).toMatchObject({
        kind: 'one',
        item: { name },
      });
  });
});

describe('one name written in two ways', () => {
  it.each([
    ['Larch Housing Limited', 'larch housing ltd rang'],
    ['Larch Housing', 'Larch Housing Ltd. rang'],
    ['Larch Kitchen CIC', 'larch kitchen c.i.c. rang'],
    ['Larch Housing Association Limited', 'larch ha rang'],
    ['St. Hilda’s Church', "saint hilda's church rang"],
    ['Pickering & Kirkby Carers', 'pickering and kirkby carers rang'],
    ['The Larch Centre', 'larch center rang'],
    ['Women’s Aid Filey', 'WOMENS AID FILEY rang'],
    ['Carers Unit No 12', 'carers unit 12 rang'],
    ['Home-Start Filey', 'home start filey rang'],
    ['Withernwick High School', 'Wthernwick high school rang'],
    ['Withernwick High School', 'withernwikc high school rang'],
    [
      'Guild of Saint Hilda and Saint Bede for the Relief of Fisher Folk and their Widows in Filey',
      'guild of st hilda and st bede for the relief of fisher folk and their widows in filey rang',
    ],
  ])('%s is %j', (name, line) => {
    expect(matchStart(line, itemsOf([name, 'Selby Museum']))).toMatchObject({
      kind: 'one',
      item: { name },
      rest: 'rang',
    });
  });

  it('of two names that differ only so, the exact one is taken', () => {
    const both = itemsOf(['Larch Mind', 'Larch Mind Ltd']);
    expect(matchStart('larch mind ltd rang', both)).toMatchObject({
      item: { name: 'Larch Mind Ltd' },
    });
    expect(matchStart('larch mind rang', both)).toMatchObject({ item: { name: 'Larch Mind' } });
    expect(matchStart('larch mind cic rang', both).kind).toBe('several');
  });

  it.each([
    ['Larch Kitchen Limited', 'Larch Kitchen'],
    ['Saint Hilda Hall', 'St Hilda Hall'],
    ['Wthernwick High School', 'Withernwick High School'],
    ['Hilda and Bede Carers', 'Bede & Hilda Carers'],
    ['Larch Carers Group', 'Larch Carers'],
    ['NRYC', 'North Riding of Yorkshire Council'],
  ])('%s is like %s', (name, known) => {
    const items = itemsOf(['Selby Museum', known]);
    expect(findAlike(name, items)?.name).toBe(known);
    expect(findAlike(name, items, ['1'])).toBeUndefined();
  });

  it.each([
    ['Rowan High School', 'Rowan School'],
    ['16th Filey Scouts', '164th Filey Scouts'],
    ['Age UK Goole', 'Age UK'],
    ['Selby Library', 'Selby Museum'],
    ['Rowan', 'Rowan School'],
  ])('%s is not like %s', (name, known) => {
    expect(findAlike(name, itemsOf([known]))).toBeUndefined();
  });
});

it.each([
  ['Mrs Khan', true],
  ['mr o’brien', true],
  ['Jane at number 3', true],
  ['the lady at number 12', true],
  ['John Smith', true],
  ['Jane', true],
  ['Cllr Ahmed', true],
  ['Mary Rose Trust', false],
  ['Grace Church', false],
  ['Victoria Park', false],
  ['Lady Hastings School', false],
  ['Oakfield', false],
  ['St John Ambulance', false],
  ['Rose Cottage Surgery', false],
])('%s is a person: %s', (name, isPerson) => expect(looksLikePerson(name)).toBe(isPerson));
