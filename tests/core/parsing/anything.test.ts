import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDuration } from '../../../src/core/dates/duration.ts';
import { readDate } from '../../../src/core/dates/read-date.ts';
import { readTime } from '../../../src/core/dates/time-of-day.ts';
import { readZone } from '../../../src/core/dates/zone-name.ts';
import { completeLine } from '../../../src/core/parsing/complete-line.ts';
import { parseLine } from '../../../src/core/parsing/parse-line.ts';
import { runs } from '../../fixtures/proof.ts';
import { context, log, NOW, type Outcome, outcome, show, typed, ZONE } from './resolve-line.ts';

const commands = new Map([
  [log.name, log],
  [show.name, show],
]);

const bits = fc.constantFrom(
  ...[
    'by:',
    'next:',
    'with:',
    'who:',
    'how:',
    'kinds:',
    'noreply',
    '"',
    '“',
    '”',
    "'",
    '\\',
    ':',
    '  ',
    '\n',
    '\u0000',
  ],
  ...[
    'riverside',
    'shelter',
    'the',
    '&',
    '-',
    'friday',
    '14 dec',
    '3pm',
    'none',
    '#p1',
    '+',
    '<@U-m2>',
    '😀',
    '‮',
    '👩‍👩‍👧',
  ],
);
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(bits, fc.string({ unit: 'grapheme' }))).map((parts) => parts.join(' ')),
  fc.array(bits, { maxLength: 60 }).map((parts) => parts.join('')),
);

it('has an answer to any line: values, or a sentence for the user', () => {
  fc.assert(
    fc.property(anything, (line) => {
      const result = typed(line || 'x');
      expectAnswer(result);
      for (const { label } of result.buttons ?? []) expect(label).not.toBe('');
    }),
    { numRuns: runs(1500) },
  );
});

it('keeps every word in every answer to its question, and never asks twice', () => {
  const word = fc.constantFrom(
    ...[
      'riverside',
      'council',
      'zzz',
      'Zzz',
      'Youth',
      'met',
      'the',
      'of',
      'age',
      'trust',
      'and',
      '14',
      '😀',
      'Jane:',
    ],
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      for (const button of typed(`${words.join(' ')} how:call`).buttons ?? []) {
        if (button.command === 'cancel') continue;
        expect(button.args).toMatchObject({ how: 'call', once: 'key-1' });
        if (button.command === 'followup add') {
          expect(button.args.next).toBe(words.join(' '));
          continue;
        }
        expect(button.args.form ?? outcome(button.args).buttons).not.toEqual([]);
        const kept = `${button.args.with} ${button.args.note} ${button.label}`.toLowerCase();
        const picked = button.args.with?.startsWith('#') && kept.includes('riverside');
        const missing = words.filter((one) => !kept.includes(one.toLowerCase().replace(':', '')));
        expect(
          picked ? missing.filter((one) => one !== 'council' && one !== 'the') : missing,
        ).toEqual([]);
        if (button.args.form === undefined) expect(outcome(button.args).values?.how).toBe('call');
      }
    }),
    { numRuns: runs(500) },
  );
});

it('has an answer to any value of any arg', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(log.args)), anything, (name, raw) => {
      const result = outcome({ with: '#p16', [name]: raw });
      expectAnswer(result);
    }),
    { numRuns: runs(1500) },
  );
});

it('reads any text as a line, a date, a time, a length, a zone, or not', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(parseLine(text, commands).command).not.toBe('');
      readDate(text, { now: NOW, zone: ZONE, tense: 'future' });
      readTime(text);
      readDuration(text);
      readZone(text);
      expect(completeLine(text, commands, context).length).toBeLessThanOrEqual(8);
    }),
    { numRuns: runs(1000) },
  );
});

it.each([
  ['letters', 'x'.repeat(50_000)],
  ['words', 'word '.repeat(10_000)],
  ['withs', 'with '.repeat(10_000)],
  ['flags', 'noreply '.repeat(6_000)],
  ['quotes', '" '.repeat(25_000)],
  ['low quotes', '„ '.repeat(25_000)],
  ['curly quotes', '“ '.repeat(25_000)],
  ['names', 'by:x '.repeat(10_000)],
  ['half names', 'a:'.repeat(25_000)],
  ['colons', ':'.repeat(50_000)],
  ['spaces', ' '.repeat(50_000)],
  ['hyphens', '-'.repeat(50_000)],
  ['backslashes', `next:"${'\\'.repeat(9000)}`],
  ['unclosed quotes', `next:"${'a '.repeat(4900)}`],
  ['apostrophes', `next:'${"'a ".repeat(3300)}`],
  ['dates', 'by:friday 14 dec '.repeat(600)],
  ['commas', `next:x by:${','.repeat(9000)}x with:${'-'.repeat(900)}x`],
  ['digits', '1'.repeat(50_000)],
  ['combining marks', 'e\u0301'.repeat(5_000)],
  ['families', '👩‍👩‍👧'.repeat(1_200)],
])('has an answer to a great many %s', (_, line) => {
  // As long as a line may be: longer ones are sent back unread. `npm run bench` measures how the time grows.
  for (const text of [line, line.slice(0, 10_000), `shelter ${line}`.slice(0, 10_000)])
    expectAnswer(typed(text));
  expectAnswer(outcome({ with: line }));
  const args = { note: line, by: line, who: line, how: line, kinds: line, zone: line };
  expectAnswer(outcome({ with: '#p16', ...args }));
  expect(parseLine(line, commands).command).not.toBe('');
  expect(completeLine(`log ${line}`, commands, context).length).toBeLessThanOrEqual(8);
});

/** Values, or a sentence for the user. */
function expectAnswer({ values, said = '' }: Outcome): void {
  expect(values !== undefined || said.length > 10).toBe(true);
}
