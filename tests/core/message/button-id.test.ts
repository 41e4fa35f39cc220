import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOfButton, readButtonId } from '../../../src/core/message/button-id.ts';

it('is short and can be read by people', () => {
  const id = idOfButton({ command: 'followup done', args: { which: '#42', by: 'next week' } });
  expect(id).toBe('v1.followup_done.which=#42&by=next_week');
  expect(idOfButton({ command: 'help', args: {} })).toBe('v1.help.');
});

it('comes back as it was, whatever is in it', () => {
  const text = fc.string({ unit: 'binary' });
  const args = fc.dictionary(text, text);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), args, (command, given) => {
      const read = readButtonId(idOfButton({ command, args: given }));
      expect(read?.command).toBe(command);
      expect(Object.entries(read?.args ?? {})).toEqual(Object.entries(given));
    }),
  );
});

it('survives halves of torn characters', () => {
  const args = { note: 'a\uD83D b\uDE00', '': '' };
  expect(readButtonId(idOfButton({ command: 'log', args }))).toEqual({ command: 'log', args });
});

it.each([
  ...[
    '',
    'v1',
    'v1.',
    'v1..',
    'v1.log',
    'v2.log.',
    'v1.log.a',
    'v1.log.a=b=c',
    'v1.log.a=%',
    'v1.log.a=%zz',
  ],
  ...['v1.log.a=%u12', 'v1.log.a=1.2', 'v1.log.&', 'V1.log.', '__proto__'],
])('makes nothing of %j', (id) => expect(readButtonId(id)).toBeUndefined());

it('never throws', () => {
  const id = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary' }).map((rest) => `v1.${rest}`),
  );
  fc.assert(fc.property(id, (text) => void readButtonId(text)));
});
