import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capabilities, markdownParts } from '../../../src/adapters/discord/render/text.ts';
import { plainNodes, showNodes } from '../../../src/adapters/shared/inline-nodes.ts';
import { bold, commandText, type RichText, rich } from '../../../src/core/message/rich-text.ts';
import { hostileText, userText } from '../../fixtures/hostile.ts';
import { runs } from '../../fixtures/proof.ts';
import { readMarkdown } from './markdown-reader.ts';
import { reader, SAM } from './reader.ts';

const inDiscord = (text: RichText) =>
  markdownParts(text, reader, Number.POSITIVE_INFINITY).join('');
const plain = (text: RichText) => plainNodes(showNodes(text, reader, capabilities));
/** A text without invisible joiners, those that were typed and ours. */
const withoutJoiners = (text: string) => text.replace(/[\u2060\u200B]/g, '');

it.each([
  ['a person', [{ member: 'sam', name: 'Sam' }], `<@${SAM}>`],
  ['a person from elsewhere', [{ member: 'jo', name: 'Jo_' }], 'Jo\\_'],
  ['a channel', [{ channel: '112233445566778899', name: 'general' }], '<#112233445566778899>'],
  ['a channel from elsewhere', [{ channel: 'C0GENERAL', name: 'general' }], '\\#general'],
  ['a day of this year', [{ day: '2026-11-20' }], 'Fri 20 Nov'],
  ['a day of another', [{ day: '2027-01-02' }], 'Sat 2 Jan 2027'],
  ['a moment', [{ moment: '2026-11-20T09:00:00Z' }], '<t:1795165200:f>'],
  [
    'a link',
    [{ link: 'The [plan]', url: 'https://x.org/a(b)' }],
    '[The (plan)](<https://x.org/a%28b%29>)',
  ],
  [
    'a link named as another',
    [{ link: 'https://y.org', url: 'https://x.org/' }],
    '<https://x.org/>',
  ],
  [
    'an address that would call everybody, and invite them',
    [{ link: 'here', url: 'https://x.org/@Everyone/@here?to=a@b&at=discord.gg/abc' }],
    '[here](<https://x.org/%40Everyone/%40here?to=a@b&at=discord%2Egg/abc>)',
  ],
  ['an odd address', [{ link: 'Write', url: 'mailto:a@x.org' }], 'Write (mailto\\:a\\@x.org)'],
  ['bold next to letters', rich`a${bold('b')}c`, 'a**b**c'],
  ['bold next to bold', [{ bold: 'a' }, { bold: 'b' }], '**a**\u200B**b**'],
  ['bold with spaces', [{ bold: ' b c ' }], ' **b c** '],
  ['bold over lines', [{ bold: 'b\n- c' }], '**b**\n**\\- c**'],
  ['a command', [commandText('partner list')], '`/partner list`'],
  ['a command with words', [commandText('erase', 'Jo `x` @here')], '`/erase Jo x @\u2060here`'],
  ['a list', [{ text: '- a\n 1. b\n+ c\n2-3' }], '\\- a\n 1\\. b\n\\+ c\n2-3'],
  ['a call to all', [{ text: '@everyone' }], '\\@\u2060everyone'],
] satisfies [string, RichText, string][])('markdown shows %s', (_, text, shown) => {
  expect(inDiscord(text)).toBe(shown);
});

it.each([
  [`<@${SAM}> and <@!${SAM}>`, '@Sam and @Sam'],
  ['<@9|jo>, <@9> and <@U9>', '@jo, @someone and @someone'],
  ['<#1> and <#C1|general>', 'a channel and #general'],
  ['<@&1>', '@a role'],
  ['a < b > c <> <@> <what>', 'a < b > c <> <@> <what>'],
])('markup that was typed is shown as words: %s', (text, shown) => {
  expect(plain([{ text }])).toBe(shown);
  expect(plain([{ bold: text }])).toBe(shown);
});

it('typed text never becomes markup', () => {
  fc.assert(
    fc.property(userText, (text) => {
      const { marks } = readMarkdown(inDiscord(text));
      const ours = ['bold', 'link', 'bare link', 'code'];
      expect(marks.filter(({ kind }) => !ours.includes(kind))).toEqual([]);
      const links = text.flatMap((piece) => ('link' in piece ? [piece] : []));
      const led = marks.filter(({ kind }) => kind !== 'bold' && kind !== 'code');
      const codes = marks.filter(({ kind }) => kind === 'code').length;
      expect(codes).toBe(text.filter((piece) => 'command' in piece).length);
      for (const { inside } of led) expect(inside).toMatch(/^https?:\/\//);
      if (links.length === 0) expect(led).toEqual([]);
      const bolds = marks.filter(({ kind }) => kind === 'bold').length;
      const wanted = text.flatMap((piece) =>
        'bold' in piece ? [...plain([piece]).matchAll(/\S[^\n]*/g)] : [],
      );
      expect(bolds).toBe(wanted.length);
    }),
    { numRuns: runs(3000) },
  );
});

it('every typed character is shown', () => {
  const pieces = fc.oneof(
    hostileText.map((text) => ({ text })),
    hostileText.map((text) => ({ bold: text })),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 4 }), (text) => {
      const { seen } = readMarkdown(inDiscord(text));
      expect(withoutJoiners(seen)).toBe(withoutJoiners(plain(text)));
    }),
    { numRuns: runs(1000) },
  );
});

it('a long text is cut between words, and nothing is lost', () => {
  const text = rich`${'The garden needs *water*. '.repeat(200)}${bold('b'.repeat(900))}`;
  const parts = markdownParts(text, reader, 500);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1010);
  expect(parts.map((part) => readMarkdown(part).seen).join('')).toBe(plain(text));
});

it.each([':', '*', '\n', ' \n', '@', '<@', '>', '1', '<@9|', '[', '\\', '\u2028', ' '])(
  'a long line of %j is nothing but text',
  (mark) => {
    const text = [{ text: mark.repeat(2_000) }];
    const { marks, seen } = readMarkdown(inDiscord(text));
    expect(marks).toEqual([]);
    expect(withoutJoiners(seen)).toBe(withoutJoiners(plain(text)));
  },
);
