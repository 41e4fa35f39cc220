import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandOfPress } from '../../../src/adapters/discord/render/button.ts';
import { hasDeliveryMark } from '../../../src/adapters/discord/render/delivery-mark.ts';
import { messageOf } from '../../../src/adapters/discord/render/message.ts';
import { MAX_BUTTON_ID_LENGTH } from '../../../src/core/domain/kept-args/kept-args.ts';
import { idOfButton } from '../../../src/core/message/button-id.ts';
import type { Block, Button, Reply } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { optionsOf } from '../../doubles/discord/components.ts';
import { anyReply, hostileText, userText } from '../../fixtures/hostile.ts';
import { runs } from '../../fixtures/proof.ts';
import {
  button,
  contactCard,
  firstButtons,
  inEveryPart,
  longText,
  promises,
  rowButtons,
  rowReply,
} from '../cards.ts';
import { componentsIn, expectMessage, pressedIn, textsIn } from './expect-valid.ts';
import { readMarkdown } from './markdown-reader.ts';
import { reader, SAM } from './reader.ts';

const shown = (reply: Reply) => messageOf(reply, reader);
/** Core guarantees these limits. */
const fits = (button: Button) => idOfButton(button).length <= MAX_BUTTON_ID_LENGTH;
const saying = ({ command, args }: Button) => ({ command, args: { ...args } });

it('a card is text with its buttons below', () => {
  const message = shown(contactCard(rich`Say "log".\nAnd more.`));
  expect(message).toEqual({
    flags: 1 << 15,
    components: [
      {
        type: 10,
        content: `Noted, thanks. **Riverside \\*Council\\***\\: <@${SAM}> was there.`,
      },
      { type: 10, content: '-# Say "log".\n-# And more.' },
      {
        type: 1,
        components: [
          { type: 2, style: 2, custom_id: 'v1.log.', label: 'Change' },
          { type: 2, style: 4, custom_id: 'v1.log..2', label: 'Undo' },
        ],
      },
    ],
    allowed_mentions: { parse: [] },
  });
});

it('a row folds all but its first two actions into a menu, which also holds the args that they share', () => {
  const message = shown(rowReply(rowButtons));
  const [done, later, menu, ...more] = componentsIn(message).filter(({ custom_id }) => custom_id);
  expect([done, later].map((part) => part?.label)).toEqual(['Done', 'Later']);
  expect(more).toEqual([]);
  expect(menu?.placeholder).toBe('What to do…');
  const labels = optionsOf(menu ?? {}).map(({ label }) => label);
  expect(labels).toEqual(['Ask someone else', 'Log']);
  expect(pressedIn(message)).toEqual(rowButtons.map(saying));
});

it.each([
  ['v1.log.with=#1', { command: 'log', args: { with: '#1' } }],
  ['v1.log.with=#1.12', { command: 'log', args: { with: '#1' } }],
  ['v1.help..3', { command: 'help', args: {} }],
  ['v2.help.', undefined],
  ['row.with=#1', undefined],
  ['form.log.', undefined],
  ['', undefined],
])('the button %s is recognised', (customId, wanted) => {
  expect(commandOfPress({ customId })).toEqual(wanted);
});

it('every button of any card can be pressed, and carries its own args', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const buttons = firstButtons(reply, fits);
      expect(pressedIn(shown(rowReply(buttons)))).toEqual(buttons.map(saying));
    }),
    { numRuns: runs(300) },
  );
});

it('any reply is a message that Discord accepts', () => {
  fc.assert(
    fc.property(anyReply, (reply) => expectMessage(shown(reply))),
    { numRuns: runs(200) },
  );
});

it('typed words are plain text in every part of a message', () => {
  fc.assert(
    fc.property(userText, hostileText, (text, label) => {
      for (const content of textsIn(shown(inEveryPart(text, label)))) {
        const { marks } = readMarkdown(content.replace(/^-# /gm, ''));
        expect(marks.filter(({ kind }) => !/^(bold|link|bare link|code)$/.test(kind))).toEqual([]);
      }
    }),
    { numRuns: runs(1000) },
  );
});

it('rows fold their buttons before any row is left out', () => {
  const rows = Array.from({ length: 10 }, (_, index): Block => {
    const which = `${index}`;
    const names = ['done', 'later', 'ask', 'edit'];
    const buttons = names.map((name) => button(name, { which }, `followup ${name}`));
    return { kind: 'row', text: rich`Promise ${which}`, buttons };
  });
  const more: Block = { kind: 'buttons', buttons: [button('More'), button('Back')] };
  const reply = { text: rich`All of it:`, card: [...rows, more] };
  expectMessage(shown(reply));
  expect(textsIn(shown(reply))).toHaveLength(11);
  expect(pressedIn(shown(reply))).toHaveLength(42);
});

it('a card that is too long shows its start, its last buttons, and how much is left out', () => {
  const message = shown(promises(60));
  expectMessage(message);
  const words = textsIn(message);
  const rows = words.filter((text) => text.startsWith('Promise'));
  expect(rows).toEqual(rows.map((_, index) => `Promise ${index + 1}`));
  expect(rows).toHaveLength(12);
  expect(words.at(-1)).toBe('-# … and 48 more.');
  expect(componentsIn(message).at(-1)?.label).toBe('More');
});

it('a text that is too long is shown as far as there is room', () => {
  const message = shown({ text: longText, card: [{ kind: 'buttons', buttons: [button('More')] }] });
  expectMessage(message);
  expect(textsIn(message).join('').length).toBeGreaterThan(3400);
  expect(textsIn(message).at(-1)).toMatch(/^-# … and \d+ more\.$/);
  expect(componentsIn(message).at(-1)?.label).toBe('More');
  const fits = [{ text: 'x'.repeat(4000) }];
  expect(textsIn(shown({ text: fits }))).toEqual(['x'.repeat(4000)]);
});

it('a message carries its delivery id where nobody sees it', () => {
  const reply = { text: rich`Hello`, card: [{ kind: 'note' as const, text: rich`you` }] };
  const { components } = messageOf(reply, reader, 'delivery-1');
  expectMessage(messageOf(reply, reader, 'delivery-1'));
  // As Discord returns them, with ids of its own.
  const stored = components.map((one, index) => ({ id: index + 1, ...one }));
  expect(hasDeliveryMark(stored, 'delivery-1')).toBe(true);
  expect(hasDeliveryMark(stored, 'delivery-2')).toBe(false);
  expect(hasDeliveryMark(shown(reply).components, 'delivery-1')).toBe(false);
  expect(hasDeliveryMark(undefined, 'delivery-1')).toBe(false);
  expect(hasDeliveryMark([null], 'delivery-1')).toBe(false);
});
