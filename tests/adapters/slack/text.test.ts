import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mrkdwn, plain } from '../../../src/adapters/slack/render/text.ts';
import { bold, commandText, type RichText, rich } from '../../../src/core/message/rich-text.ts';
import { hostileText, userText } from '../../fixtures/hostile.ts';
import { runs } from '../../fixtures/proof.ts';
import { marksIn, narrow, seenIn } from './mrkdwn-reader.ts';
import { reader } from './reader.ts';

const inSlack = (text: RichText) => mrkdwn(text, reader);

it.each([
  ['entities', [{ text: 'Fish & <chips>' }], 'Fish &amp; &lt;chips&gt;'],
  ['a person', [{ member: 'sam', name: 'Sam' }], '<@U0SAM>'],
  ['a person from elsewhere', [{ member: 'jo', name: 'Jo' }], 'Jo'],
  ['a channel', [{ channel: 'C0GENERAL', name: 'general' }], '<#C0GENERAL>'],
  ['a channel from elsewhere', [{ channel: '1044', name: 'general' }], '#\u2060general'],
  ['a day of this year', [{ day: '2026-11-20' }], 'Fri 20 Nov'],
  ['a day of another', [{ day: '2027-01-02' }], 'Sat 2 Jan 2027'],
  [
    'a moment',
    [{ moment: '2026-11-20T09:00:00Z' }],
    '<!date^1795165200^{date_short_pretty} at {time}|Fri 20 Nov 2026, 09:00 (Europe/London)>',
  ],
  [
    'a link',
    [{ link: 'The plan', url: 'https://x.org/?a=1&b=<2>|3' }],
    '<https://x.org/?a=1&amp;b=%3C2%3E%7C3|The plan>',
  ],
  ['an odd address', [{ link: 'Write', url: 'mailto:<@U9>|x' }], '<mailto:%3C@U9%3E%7Cx|Write>'],
  ['a bad link', [{ link: 'Press', url: 'javascript:alert(1)' }], 'Press (javascript:alert(1))'],
  ['bold next to letters', rich`a${bold('b')}c`, 'a\u200B*b*\u200Bc'],
  ['bold with spaces', [{ bold: ' b c ' }], '\u200B*b c*\u200B'],
  [
    'a command',
    rich`See ${commandText('partner list')}.`,
    'See \u200B`/convenor partner list`\u200B.',
  ],
  [
    'a command with words',
    [commandText('erase', 'Jo `x` <b> @here')],
    '\u200B`/convenor erase Jo \u02CBx\u02CB &lt;b&gt; @\u2060here`\u200B',
  ],
  ['bold over lines', [{ bold: 'b\nc' }], '\u200B*b*\u200B\n\u200B*c*\u200B'],
] satisfies [string, RichText, string][])('mrkdwn shows %s', (_, text, shown) => {
  expect(inSlack(text).replace(/(?<=\*\u200B) | (?=\u200B\*)/g, '')).toBe(shown);
});

it('a notification to one person has their time without its zone', () => {
  const text = [{ moment: '2026-11-20T15:00:00Z' }];
  expect(plain(text, { ...reader, isOnlyReader: true })).toBe('Fri 20 Nov, 15:00');
  expect(plain(text, reader)).toBe('Fri 20 Nov 2026, 15:00 (Europe/London)');
});

it.each([
  ['<@U0SAM> and <@U0SAM|samuel>', '@Sam and @Sam'],
  ['<@U9|jo> and <@U9>', '@jo and @someone'],
  ['<#C1|general> and <#C1>', '#general and a channel'],
  ['<!here>, <!subteam^S1|@team>, <!subteam^S1>', '@here, @team, @a group'],
  ['<https://x.org/a|our page> <mailto:a@x.org|a@x.org>', 'https://x.org/a a@x.org'],
  ['a < b > c <> <@> <what>', 'a < b > c <> <@> <what>'],
])('markup that was typed is shown as words: %s', (text, shown) => {
  expect(plain([{ text }], reader)).toBe(shown);
  expect(plain([{ bold: text }], reader)).toBe(shown);
});

it('a text with a time, an example or an address can still be copied', () => {
  for (const text of ['log oakfield how:call when:yesterday', 'at 12:30', 'x: y']) {
    expect(inSlack([{ text }])).toBe(text);
  }
});

it('typed text never becomes markup', () => {
  fc.assert(
    fc.property(userText, (text) => {
      const shown = inSlack(text);
      const ours = ['bold', 'link', 'code'];
      expect(marksIn(shown).filter(({ kind }) => !ours.includes(kind))).toEqual([]);
      const links = marksIn(shown).filter(({ kind }) => kind === 'link');
      for (const { inside } of links) expect(inside).toMatch(/^(https?:\/\/|mailto:)/);
      const codes = marksIn(shown).filter(({ kind }) => kind === 'code').length;
      expect(codes).toBe(text.filter((piece) => 'command' in piece).length);
      const bolds = marksIn(shown).filter(({ kind }) => kind === 'bold').length;
      const wanted = text.flatMap((piece) =>
        'bold' in piece ? [...plain([piece], reader).matchAll(/\S[^\n]*/g)] : [],
      );
      expect(bolds).toBe(wanted.length);
    }),
    { numRuns: runs(3000) },
  );
});

it('every typed character is shown', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { maxLength: 4 }), (texts) => {
      const text = texts.map((each) => ({ text: each }));
      expect(seenIn(inSlack(text))).toBe(narrow(plain(text, reader)));
    }),
    { numRuns: runs(1000) },
  );
});

it.each([':', '*', '\n', ' \n', '@', '<@', '>', ':a', '<@U9|', '1'])(
  'a long line of %j is nothing but text',
  (mark) => {
    const text = [{ text: mark.repeat(2_000) }];
    expect(marksIn(inSlack(text))).toEqual([]);
    expect(seenIn(inSlack(text))).toBe(narrow(plain(text, reader)));
  },
);
