import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from './contracts.ts';
import { OPERATIONS, trimmed } from './trim.ts';

const copy = new URL('contracts/openapi.json', import.meta.url);
/** The whole document stands beside a checkout of the project. */
const whole = new URL('../../../../shared/contracts/discord/openapi.json', import.meta.url);
const read = (file: URL) => JSON.parse(readFileSync(file, 'utf8'));

it('the copied contract is the published one, where that is at hand', () => {
  if (!existsSync(whole)) {
    console.log('../shared/contracts/discord is not at hand: nothing to compare with.');
    return;
  }
  const part = trimmed(read(whole));
  if (process.env.RENEW) writeFileSync(copy, JSON.stringify(part));
  expect(read(copy)).toEqual(part);
});

it('every operation that is wanted is there, and knows its parameters', () => {
  const count = Object.values(OPERATIONS).flat().length;
  expect(new Set(operations.map(({ id }) => id)).size).toBe(count);
  for (const { id, problems } of operations) {
    const strays = problems({ stray: 'x' }, null).map(({ path }) => path.join('.'));
    expect(strays, id).toContain('stray');
  }
});
