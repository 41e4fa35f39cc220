import fc from 'fast-check';
import { expect, it } from 'vitest';
import { homeViewOf } from '../../../src/adapters/slack/home.ts';
import { commandOfPress } from '../../../src/adapters/slack/render/button.ts';
import { messageOf } from '../../../src/adapters/slack/render/message.ts';
import { plain } from '../../../src/adapters/slack/render/text.ts';
import type { Reply } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { viewProblem } from '../../doubles/slack/view-rules.ts';
import { anyReply, hostileText, userText } from '../../fixtures/hostile.ts';
import { runs } from '../../fixtures/proof.ts';
import {
  contactCard,
  firstButtons,
  inEveryPart,
  longText,
  promises,
  rowButtons,
  rowReply,
} from '../cards.ts';
import { actionsIn, expectValid, richElements, wordsIn } from './expect-valid.ts';
import { marksIn } from './mrkdwn-reader.ts';
import { reader } from './reader.ts';

const shown = (reply: Reply) => messageOf(reply, reader);

it('addresses in a text are links, without what ends the sentence', () => {
  const text = [
    { text: 'See https://a.example/x?y=1&z=2, or (http://b.example/). Not https://' },
    { bold: 'https://c.example' },
  ];
  const [block] = shown({ text }).blocks;
  const link = (url: string) => ({ type: 'link', url, text: url });
  expect(block).toMatchObject({
    elements: [
      {
        elements: [
          { type: 'text', text: 'See ' },
          link('https://a.example/x?y=1&z=2'),
          { type: 'text', text: ', or (' },
          link('http://b.example/'),
          { type: 'text', text: '). Not https://' },
          link('https://c.example'),
        ],
      },
    ],
  });
});

it('a card is rich text with its buttons below', () => {
  const message = shown(contactCard(rich`Say "log" & more.`));
  expect(message).toEqual({
    text: 'Noted, thanks. Riverside \u2217Council\u2217: Sam was there.\nSay "log" &amp; more.',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Noted, thanks. ' },
              { type: 'text', text: 'Riverside *Council*', style: { bold: true } },
              { type: 'text', text: ': ' },
              { type: 'user', user_id: 'U0SAM' },
              { type: 'text', text: ' was there.' },
            ],
          },
        ],
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: 'Say "log" & more.', emoji: false }],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'v1.log.',
            text: { type: 'plain_text', text: 'Change', emoji: false },
          },
          {
            type: 'button',
            action_id: 'v1.log..2',
            text: { type: 'plain_text', text: 'Undo', emoji: false },
            style: 'danger',
          },
        ],
      },
    ],
  });
});

it('a row folds all but its first two actions into a menu, which also holds the args that they share', () => {
  const { blocks } = shown(rowReply(rowButtons));
  const [done, later, menu, ...more] = actionsIn(blocks);
  expect(more).toEqual([]);
  expect(menu?.type).toBe('overflow');
  const options = menu?.options as { value: string; text: { text: string } }[];
  expect(options.map(({ text }) => text.text)).toEqual(['Ask someone else', 'Log']);
  const picked = options.map((selected_option) => ({ ...menu, selected_option }));
  expect([done, later, ...picked].map((action) => commandOfPress(action as never))).toEqual(
    rowButtons.map(({ command, args }) => ({ command, args })),
  );
});

it.each([
  ['v1.log.with=#1', { command: 'log', args: { with: '#1' } }],
  ['v1.log.with=#1.12', { command: 'log', args: { with: '#1' } }],
  ['v1.help.', { command: 'help', args: {} }],
  ['v1.help..3', { command: 'help', args: {} }],
  ['v2.help.', undefined],
  ['row.with=#1', undefined],
  ['filled.note', undefined],
  ['', undefined],
  ['v1.log.with=#1.a', undefined],
])('the action %s is recognised', (action_id, wanted) => {
  expect(commandOfPress({ action_id })).toEqual(wanted);
});

it('every button of any card can be pressed, and carries its own args', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const buttons = firstButtons(reply);
      const found = actionsIn(shown(rowReply(buttons)).blocks).flatMap((action) =>
        action.type === 'overflow'
          ? (action.options as []).map((selected_option) => ({ ...action, selected_option }))
          : [action],
      );
      const wanted = buttons.map(({ command, args }) => ({ command, args: { ...args } }));
      expect(found.map((action) => commandOfPress(action as never))).toEqual(wanted);
    }),
    { numRuns: runs(300) },
  );
});

it('any reply is a message and a Home that Slack accepts', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const message = shown(reply);
      expectValid(message.blocks, 'message');
      expect(message.text.length).toBeGreaterThan(0);
      expect(message.text.length).toBeLessThanOrEqual(4000);
      const home = homeViewOf(reply, reader);
      expect(viewProblem({ ...home }, 'home')).toBeUndefined();
      expect(JSON.stringify(home).length).toBeLessThan(250_000);
    }),
    { numRuns: runs(300) },
  );
});

it('typed words are plain text in every part of a message', () => {
  fc.assert(
    fc.property(userText, hostileText, (text, label) => {
      const message = shown(inEveryPart(text, label));
      const kinds = new Set(richElements(message.blocks).map(({ type }) => type));
      expect([...kinds].filter((type) => type !== 'text' && type !== 'link')).toEqual([]);
      expect(marksIn(message.text)).toEqual([]);
      for (const block of message.blocks) {
        if (block.type !== 'context') continue;
        const [element] = block.elements;
        if (element?.type !== 'mrkdwn') continue;
        expect(element.verbatim).toBe(true);
        const marks = marksIn(element.text).filter(
          ({ kind }) => kind !== 'bold' && kind !== 'code',
        );
        expect(marks.every(({ kind }) => kind === 'link')).toBe(true);
      }
      for (const { text } of actionsIn(message.blocks)) {
        expect(text).toMatchObject({ type: 'plain_text', emoji: false });
      }
    }),
    { numRuns: runs(1000) },
  );
});

it('a long text is shown whole, in several blocks', () => {
  const { blocks } = shown({ text: longText });
  expect(blocks.length).toBeGreaterThan(1);
  expect(wordsIn(blocks)).toBe(plain(longText, reader));
});

it('a card that is too long shows its start, its last buttons, and how much is left out', () => {
  const { text, blocks } = shown(promises(60));
  const rows = wordsIn(blocks).match(/Promise \d+/g) ?? [];
  expect(rows).toEqual(rows.map((_, index) => `Promise ${index + 1}`));
  expect(rows.length).toBeGreaterThan(20);
  expect(JSON.stringify(blocks.at(-2))).toContain(`… and ${60 - rows.length} more.`);
  expect(JSON.stringify(blocks.at(-1))).toContain('"More"');
  expect(text).toContain('Promise 60');
});
