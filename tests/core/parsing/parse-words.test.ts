import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command/command.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { UserError } from '../../../src/core/message/user-error.ts';
import { parseWords } from '../../../src/core/parsing/parse-words.ts';
import { inQuotes } from '../../../src/core/parsing/segments.ts';
import { runs } from '../../fixtures/proof.ts';
import { context, log, today, ZONE } from './resolve-line.ts';

const read = (words: string, command: Command = log) => parseWords(command, words, context);
const argsOf = (words: string, command?: Command) => read(words, command).args;

function said(words: string, command?: Command): string {
  try {
    read(words, command);
  } catch (error) {
    if (error instanceof UserError) return plainText(error.text, ZONE);
    throw error;
  }
  throw new Error('Nothing was said.');
}

it('reads the line of the manual', () => {
  const line =
    'riverside housing met Jane about the lease how:call when:yesterday next:"send the plan" by:friday who:@maya';
  expect(read(line)).toEqual({
    args: {
      with: '#p2',
      note: 'met Jane about the lease',
      how: 'call',
      when: 'yesterday',
      next: 'send the plan',
      by: 'friday',
      who: '#m1',
    },
  });
});

describe('values by name', () => {
  it.each([
    ['next:"send the plan" shelter', { next: 'send the plan', with: '#p16' }],
    ['next:“send the plan” shelter', { next: 'send the plan', with: '#p16' }],
    ['next:”send the plan“ shelter', { next: 'send the plan', with: '#p16' }],
    ["next:'don't forget' shelter", { next: "don't forget", with: '#p16' }],
    ['next:‘don’t forget’ shelter', { next: 'don’t forget', with: '#p16' }],
    ['next:"say \\"hi\\"" shelter', { next: 'say "hi"', with: '#p16' }],
    ['next:"say “hi”" shelter', { next: 'say “hi”', with: '#p16' }],
    ['next:"send it", by:friday', { next: 'send it', by: 'friday' }],
    ['next:"by: friday" shelter', { next: 'by: friday', with: '#p16' }],
    ['next:send the plan by:friday', { next: 'send the plan', by: 'friday' }],
    ['next:"send the plan by:friday', { next: 'send the plan', by: 'friday' }],
    ['Next:send BY:Friday', { next: 'send', by: 'Friday' }],
    ['by: friday', { by: 'friday' }],
    ['due:friday', { by: 'friday' }],
    ['by:14 Dec 3pm shelter', { by: '14 Dec 3pm', with: '#p16' }],
    ['by:in 2 weeks, shelter', { by: 'in 2 weeks', with: '#p16' }],
    ['by:friday shelter 3 boxes', { by: 'friday', with: '#p16', note: '3 boxes' }],
    ['who:sam young shelter', { who: '#m3', with: '#p16' }],
    ['who:me shelter', { who: 'me', with: '#p16' }],
    ['who:<@U-m2> shelter', { who: '<@U-m2>', with: '#p16' }],
    ['who:none shelter', { who: 'none', with: '#p16' }],
    ['every:6 weeks shelter', { every: '6 weeks', with: '#p16' }],
    ['at:9 am shelter', { at: '9 am', with: '#p16' }],
    ['zone:Europe/London shelter', { zone: 'Europe/London', with: '#p16' }],
    ['times:3 shelter', { times: '3', with: '#p16' }],
    ['in:<#C9> shelter', { in: '<#C9>', with: '#p16' }],
    [
      'kinds:grant funding, co-producing shelter',
      { kinds: 'grant funding, co-producing', with: '#p16' },
    ],
    [
      'kinds:information sharing and grant funding shelter',
      { kinds: 'information sharing and grant funding', with: '#p16' },
    ],
    ['noreply:yes shelter', { noreply: 'yes', with: '#p16' }],
    ['with:riverside housing met Jane', { with: '#p2', note: 'met Jane' }],
    ['met Jane with:riverside housing', { with: '#p2', note: 'met Jane' }],
    ['with:"Riverside Housing" met', { with: 'Riverside Housing', note: 'met' }],
    ['with:riverside met Jane', { with: 'riverside', note: 'met Jane' }],
    ['with:Zzz Trust met Jane', { with: 'Zzz Trust', note: 'met Jane' }],
    ['with:Zzz Trust by:friday', { with: 'Zzz Trust', by: 'friday' }],
    ['shelter note:they moved', { with: '#p16', note: 'they moved' }],
    ['shelter met Jane note:they moved', { with: '#p16', note: 'met Jane\nthey moved' }],
    ['with riverside housing: met Jane', { with: '#p2', note: 'met Jane' }],
    ['"Riverside Housing" met Jane', { with: 'Riverside Housing', note: 'met Jane' }],
  ])('%j', (line, args) => expect(argsOf(line)).toEqual(args));
});

describe('what looks like a name and is not stays text', () => {
  it.each([
    'shelter re: the lease',
    'shelter see https://example.org/by:x?with:y',
    'shelter at 3:30pm',
    'shelter bye:friday',
    'shelter 12:by',
    'shelter (by:friday)',
    'shelter said "by: friday" to me',
    'shelter :) ok',
  ])('%j', (line) => expect(argsOf(line)).toEqual({ with: '#p16', note: line.slice(8) }));
});

describe('flags', () => {
  it.each([
    ['shelter noreply', { with: '#p16', noreply: 'yes' }],
    ['shelter No-Reply again', { with: '#p16', noreply: 'yes', note: 'again' }],
    ['noreply shelter no answer', { with: '#p16', noreply: 'yes', note: 'no answer' }],
    ['shelter noreply, sadly', { with: '#p16', note: 'noreply, sadly' }],
    ['shelter said "a noreply b"', { with: '#p16', note: 'said "a noreply b"' }],
    ['shelter next:call noreply', { with: '#p16', next: 'call noreply' }],
    ['shelter noreply noreply', { with: '#p16', noreply: 'yes', note: 'noreply' }],
  ])('%j', (line, args) => expect(argsOf(line)).toEqual(args));
});

it('never reads half of a date', () => {
  expect(argsOf('by:friday 25:00 shelter').by).toBe('friday 25:00');
  expect(argsOf('by:Monday 15 Dec shelter').by).toBe('Monday 15 Dec');
  expect(argsOf('by:14 dec at 25').by).toBe('14 dec at 25');
  expect(argsOf('by:fridy shelter met')).toEqual({ by: 'fridy', with: '#p16', note: 'met' });
  expect(argsOf('when:31 Feb shelter').when).toBe('31 Feb');
});

it('keeps lines and spaces of a note as they were typed', () => {
  const note = 'first  line\n\n  – second: “yes” 😀';
  expect(argsOf(`shelter ${note}`).note).toBe(note);
});

it('says which partner it cannot tell, with every word', () => {
  expect(read('riverside met Jane how:call')).toMatchObject({
    args: { how: 'call' },
    unresolved: { arg: 'with', typed: 'riverside', rest: 'met Jane', match: { kind: 'several' } },
  });
  expect(read('Zzz Trust met Jane')).toMatchObject({
    args: {},
    unresolved: { arg: 'with', typed: 'Zzz Trust', rest: 'met Jane', match: { kind: 'none' } },
  });
});

it.each([
  ['Friends of Zzz Park: walked round', 'Friends of Zzz Park', 'walked round'],
  ['Zzz, a new one', 'Zzz', 'a new one'],
  ['zzz youth club rang about space', 'Zzz Youth Club', 'rang about space'],
  ['zzz of the hill met us', 'Zzz of the Hill', 'met us'],
  ['Met zzz', '', 'Met zzz'],
  ['we all had a long and nice day by the sea', 'We All', 'had a long and nice day by the sea'],
  ['zz yy xx ww vv uu tt ss rr qq pp', '', 'zz yy xx ww vv uu tt ss rr qq pp'],
])('guesses the new name in %j', (line, typed, rest) => {
  expect(read(line).unresolved).toMatchObject({ typed, rest, words: line });
});

describe('what cannot be', () => {
  it.each([
    ['shelter by:friday by:monday', 'by: twice'],
    ['shelter by:friday due:monday', 'by: twice'],
    ['shelter by:', 'nothing after by:'],
    ['shelter by:   ', 'nothing after by:'],
    ['shelter by: who:me', 'nothing after by:'],
    ['shelter next:""', 'nothing after next:'],
    ['a'.repeat(10_001), '10,001 characters'],
  ])('%j', (line, sentence) => expect(said(line)).toContain(sentence));

  it('is words with no place to go', () => {
    expect(said('shelter how:call please', today)).toContain(
      'what to do with "shelter please" here',
    );
    expect(said('please', today)).toBe(
      'I don\'t know what to do with "please" here. This works: today',
    );
  });
});

it('gives back any text in quotes as it was', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((value) => value.trim() !== '');
  fc.assert(
    fc.property(text, (value) => {
      const args = argsOf(`shelter next:${inQuotes(value)} by:friday`);
      expect(args).toEqual({ with: '#p16', next: value, by: 'friday' });
    }),
  );
});

it('loses no word', () => {
  const word = fc.constantFrom(
    ...[
      'met',
      'Jane',
      'the',
      'lease',
      'friday',
      '14',
      'Dec',
      '3pm',
      'call',
      'grant',
      'funding',
      '"',
      '“so',
      'so”',
    ],
    ...[
      "it's",
      '😀',
      'noreply',
      're:',
      'https://a.b',
      '6',
      'weeks',
      'sam',
      '@sam',
      'none',
      '-',
      '<@U-m2>',
      '\n',
    ],
  );
  const named = fc.constantFrom(
    'by:',
    'next:',
    'how:',
    'who:',
    'every:',
    'times:',
    'kinds:',
    'note:',
  );
  const parts = fc.array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: named }));
  fc.assert(
    fc.property(parts, (typed) => {
      const words = `shelter ${typed.join(' ')}`;
      let args: Record<string, string>;
      let asked: string | undefined;
      try {
        const parsed = read(words);
        args = { ...parsed.args };
        // "Shelter 6 met": a partner of a longer name is asked about, with all its words.
        asked = parsed.unresolved?.words;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        return;
      }
      if (asked === undefined) expect(args.with).toBe('#p16');
      const kept = [
        asked ?? '',
        ...Object.values(args),
        'Sam Okafor',
        ...(args.noreply ? ['noreply'] : []),
      ]
        .join(' ')
        .toLowerCase();
      for (const { 0: bare } of words.slice(8).matchAll(/[\p{L}\p{N}]+(?![^\s]*:(?:\s|$))/gu)) {
        expect(kept).toContain(bare.toLowerCase());
      }
    }),
    { numRuns: runs(500) },
  );
});
