import { describe, expect, it } from 'vitest';
import { completeNames, searchNames } from '../../../src/core/names/search.ts';

const named = (name: string, ...aliases: string[]) => ({ id: name, name, aliases });
const all = [
  named('West Riverside Trust'),
  named('Riverside Housing', 'The Riverside Group'),
  named('Stoke-on-Trent City Council'),
  named('Oakfield School'),
  named('The Oak Tree'),
  named('Bristol City Council', 'BCC'),
];
const found = (typed: string) => searchNames(typed, all, 9).best.map(({ name }) => name);
const completed = (typed: string, limit = 8) =>
  completeNames(typed, all, limit).map(({ name }) => name);

describe('a search', () => {
  it.each([
    // A start goes before what is inside, words in any order before words with typing mistakes.
    ['riverside', ['Riverside Housing', 'West Riverside Trust']],
    ['verside', ['Riverside Housing', 'West Riverside Trust']],
    ['the riverside', ['Riverside Housing', 'West Riverside Trust']],
    ['group', ['Riverside Housing']],
    ['bcc', ['Bristol City Council']],
    ['council bris', ['Bristol City Council']],
    ['counsil', ['Bristol City Council', 'Stoke-on-Trent City Council']],
    ['oak', ['Oakfield School', 'The Oak Tree']],
    ['oakfeild', ['Oakfield School']],
    ['stoke on trent', ['Stoke-on-Trent City Council']],
    ['stokeontrent', ['Stoke-on-Trent City Council']],
    ['trent', ['Stoke-on-Trent City Council']],
    ['zebra', []],
    ['riverside zebra', []],
    ['!!', []],
    ['', []],
  ])('for %j finds %j', (typed, names) => expect(found(typed)).toEqual(names));

  it.each([
    [0, []],
    [1, ['Ash Farm']],
    [3, ['Ash Farm', 'Birch Farm', 'Elm Farm']],
    [9, ['Ash Farm', 'Birch Farm', 'Elm Farm', 'Fir Farm', 'Old Ash Farm']],
  ])('gives the best %d of several, and counts all', (limit, best) => {
    const items = ['Elm Farm', 'Birch Farm', 'Fir Farm', 'Ash Farm', 'Old Ash Farm'].map((name) =>
      named(name),
    );
    const found = searchNames('farm', items, limit);
    expect(found.best.map(({ name }) => name)).toEqual(best);
    expect(found.count).toBe(5);
  });
});

describe('completions', () => {
  it.each([
    ['riv', ['Riverside Housing', 'West Riverside Trust']],
    ['oak', ['Oakfield School', 'The Oak Tree']],
    ['stoke on', ['Stoke-on-Trent City Council']],
    ['city co', ['Stoke-on-Trent City Council', 'Bristol City Council']],
    ['verside', []],
    ['oakfeild', []],
  ])('of %j are %j', (typed, names) => expect(completed(typed)).toEqual(names));

  it('are all names while nothing is typed, up to the limit', () => {
    expect(completed('', 2)).toEqual(['West Riverside Trust', 'Riverside Housing']);
    expect(completed('')).toHaveLength(all.length);
  });
});
