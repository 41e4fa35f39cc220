import { expect, it } from 'vitest';
import { addressedLine } from '../../src/adapters/shared/addressed-line.ts';

it.each([
  ['<@B1> log the school', 'log the school'],
  ['<@B1>, log the school', 'log the school'],
  ['<@B1>', ''],
  ['hello <@B1>', 'hello'],
  ['Hello, <@B1>!', 'Hello'],
  ['hey <@B1>: today', 'today'],
  ['<@B1> <@B1> today', 'today'],
  ['the school met Jane <@B1>', 'the school met Jane'],
  ['who is quiet, <@B1>?', 'who is quiet?'],
  ['<@B1> log the school with <@B1>', 'log the school with'],
  ['<@B1> ask <@U2> to ring <@U3>', 'ask <@U2> to ring <@U3>'],
  ['log the school', 'log the school'],
  ['- log the school', '- log the school'],
  ['<@B12> today', '<@B12> today'],
])('%s is the line "%s"', (text, line) => {
  expect(addressedLine(text, '<@B1>')).toEqual({ line, isInPassing: false });
});

it.each([
  ['I think <@B1> is useful', 'I think Convenor is useful'],
  ['Morning all. Ask <@B1> about it.', 'Morning all. Ask Convenor about it.'],
])('%s mentions it in passing', (text, line) => {
  expect(addressedLine(text, '<@B1>')).toEqual({ line, isInPassing: true });
});

it('a long line of mentions or spaces is read at once', () => {
  for (const part of ['<@B1> ', ' ', 'hi ', '<@B1>,', ', ']) {
    const started = performance.now();
    addressedLine(`x${part.repeat(20_000)}x`, '<@B1>');
    expect(performance.now() - started).toBeLessThan(500);
  }
});
