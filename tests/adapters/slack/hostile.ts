import fc from 'fast-check';
import type { Reader } from '../../../src/adapters/slack/text.ts';
import type { RawArgs } from '../../../src/core/invocation.ts';
import type { Block, Button, Reply } from '../../../src/core/reply.ts';
import type { Piece, RichText } from '../../../src/core/rich-text.ts';

/** A reader in London who knows Sam (U0SAM), a member here, on a Wednesday in November. */
export const reader: Reader = {
  zone: 'Europe/London',
  now: new Date('2026-11-18T10:00:00Z'),
  userOf: (member) => (member === 'sam' ? 'U0SAM' : undefined),
  nameOf: (user) => (user === 'U0SAM' ? 'Sam' : undefined),
};

const nasty = [
  ...['*', '_', '~', '`', '```', '>', '<', '&', '|', '^', '!', '@', '#', ':', '\n', '\n> ', ' '],
  ...['＊', '＿', '～', '｀', '＞', '：', '\u200B', '\u2060', '\t', '\u0000', '\uD83C', '\\'],
  ...['<@U0SAM>', '<@U0SAM|sam>', '<@U9>', '<#C1|general>', '<#C1>', '<!here>', '<!channel|x>'],
  ...['<!subteam^S1|@team>', '<!date^0^{date}|then>', '<https://x.org|y>', '<mailto:a@x.org|a>'],
  ...['@here', '@channel', '#general', ':tada:', ':+1:', '*bold*', '_it_', '~no~', '`code`'],
  ...['- one', '\n1. one', '\n• one', 'https://x.org/a_b', 'a@x.org', '&gt;', '&lt;@U0SAM&gt;'],
  ...['a', 'Riverside', ' the ', '12:30', '🎉', 'é', '**', '__', '::', '<<', '>>', '<@', '|>'],
];

/** What somebody might type to break out of a text. */
export const hostile = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...nasty) }, fc.string()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Pieces that hold nothing but what was typed. */
export const typed: fc.Arbitrary<RichText> = fc.array(
  fc.oneof(
    hostile.map((text): Piece => ({ text })),
    hostile.map((bold): Piece => ({ bold })),
    hostile.map((link): Piece => ({ link, url: 'https://convenor.example/a?b=1&c=2' })),
    hostile.map((url): Piece => ({ link: 'here', url })),
    hostile.map((name): Piece => ({ member: 'somebody else', name })),
  ),
  { maxLength: 6 },
);

/** Any rich text, now and then a very long one. */
export const anyText: fc.Arbitrary<RichText> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(
      fc.oneof(
        typed.map((pieces): Piece => pieces[0] ?? { text: 'nothing' }),
        fc.constantFrom<Piece>(
          { member: 'sam', name: 'Sam' },
          { channel: 'C0GENERAL', name: 'general' },
          { channel: '1044', name: 'elsewhere' },
          { moment: '2026-11-20T09:00:00Z' },
          { day: '2026-11-20' },
          { day: '2027-01-02' },
        ),
      ),
      { maxLength: 6 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostile, fc.integer({ min: 1, max: 900 }))
      .map(([text, times]): RichText => [{ text: `${text} `.repeat(times) }]),
  },
);

const args: fc.Arbitrary<RawArgs> = fc.dictionary(
  fc.constantFrom('which', 'with', 'by', 'brief', 'swap', 'form', 'page'),
  fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('#aBcDeFgHiJkLmNoP', 'yes', 'tomorrow')),
);

export const anyButton: fc.Arbitrary<Button> = fc.record(
  {
    label: hostile,
    command: fc.constantFrom('log', 'followup done', 'followup later', 'partner show', 'undo'),
    args,
    style: fc.constantFrom('primary', 'danger'),
  },
  { requiredKeys: ['label', 'command', 'args'] },
);

const buttons = (most: number) => fc.array(anyButton, { maxLength: most });

export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText }),
  fc.record({ kind: fc.constant('note' as const), text: anyText }),
  fc.record({ kind: fc.constant('row' as const), text: anyText, buttons: buttons(9) }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: buttons(40) }),
);

export const anyReply: fc.Arbitrary<Reply> = fc.record({
  text: anyText,
  card: fc.oneof(
    fc.array(anyBlock, { maxLength: 8 }),
    fc.array(anyBlock, { minLength: 30, maxLength: 120 }),
  ),
});
