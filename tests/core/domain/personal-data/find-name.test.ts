import { describe, expect, it } from 'vitest';
import {
  findName,
  plainPrint,
  wordsOfName,
} from '../../../../src/core/domain/personal-data/find-name.ts';

/** The text with clear finds in <> and unclear ones in (). */
function marked(name: string, text: string): string {
  return findName(text, plainPrint(name)).reduceRight(
    (rest, { start, end, isClear }) =>
      `${rest.slice(0, start)}${isClear ? '<' : '('}${rest.slice(start, end)}${isClear ? '>' : ')'}${rest.slice(end)}`,
    text,
  );
}

describe('a whole name is clear', () => {
  it.each([
    ['Jane Doe', 'Met Jane Doe today', 'Met <Jane Doe> today'],
    ['Jane Doe', 'jane DOE, janedoe and Jane\u00a0Doe', '<jane DOE>, janedoe and <Jane\u00a0Doe>'],
    ['Jane Doe', "Jane Doe's daughter; the Does", "<Jane Doe>'s daughter; the Does"],
    ['Jane Doe', 'Doe, Jane (chair)', '<Doe, Jane> (chair)'],
    ['Jane Doe', 'jane.doe@example.org', '<jane.doe>@example.org'],
    ['Jane Doe', 'Ja\u200bne Doe', '<Ja\u200bne Doe>'],
    ['Mrs Jane Doe', 'Jane Doe, and Mrs Doe', '<Jane Doe>, and Mrs (Doe)'],
    ['Zoë Müller', 'Zoe Muller', '<Zoe Muller>'],
    ["Siân O'Neil", 'Sian O’Neil', '<Sian O’Neil>'],
    ['Anne-Marie Smith-Jones', 'Anne Marie Smith Jones', '<Anne Marie Smith Jones>'],
    ['王小明', '今天见了王小明。', '今天见了<王小明>。'],
  ])('%s in: %s', (name, text, expected) => {
    expect(marked(name, text)).toBe(expected);
  });
});

describe('a part of a name is unclear', () => {
  it.each([
    ['Jane Doe', 'Jane came. Mr Doe did not.', '(Jane) came. Mr (Doe) did not.'],
    ['Jane Doe', 'Jane\nDoe Street', '(Jane)\n(Doe) Street'],
    ['Jane Doe', 'Jane Mary Doe', '(Jane) Mary (Doe)'],
    ['J Doe', 'J came', 'J came'],
    // Others can have a name of one word too.
    ['Tom', 'Tom said so', '(Tom) said so'],
  ])('%s in: %s', (name, text, expected) => {
    expect(marked(name, text)).toBe(expected);
  });
});

it('a part of a word is no part of a name', () => {
  expect(marked('Ann Lee', 'Annual sleep, Leeds')).toBe('Annual sleep, Leeds');
});

it('a title is no part of a name, unless there is nothing else', () => {
  expect(wordsOfName('Dr. Ann Lee')).toEqual(['ann', 'lee']);
  expect(wordsOfName('Miss')).toEqual(['miss']);
});
