import { expect, it } from 'vitest';
import { readSecretKeys } from '../../src/config/slack.ts';

const one = Buffer.alloc(32, 0xfb);
const two = Buffer.alloc(32, 2);

it('reads one key, or several with commas between them, in either alphabet', () => {
  expect(readSecretKeys(one.toString('base64'))).toEqual([one]);
  expect(readSecretKeys(one.toString('base64url'))).toEqual([one]);
  expect(readSecretKeys(`${two.toString('base64')}, ${one.toString('base64')}`)).toEqual([
    two,
    one,
  ]);
});

it.each([
  '',
  'secret',
  'x'.repeat(32),
  one.toString('hex'),
  one.subarray(1).toString('base64'),
  `${one.toString('base64')},`,
  `${one.toString('base64').slice(0, -1)}!`,
])('refuses %j', (text) => {
  expect(readSecretKeys(text)).toBeUndefined();
});
