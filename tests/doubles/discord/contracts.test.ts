import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from './contracts.ts';
import { OPERATIONS, trimRequests, trimResponses } from './trim.ts';

const copies = [
  ['openapi.json', trimRequests],
  ['responses.json', trimResponses],
] as const;
const read = (file: URL | string) => JSON.parse(readFileSync(file, 'utf8'));
const copyOf = (name: string) => new URL(`contracts/${name}`, import.meta.url);

/** Writes both copies anew from a downloaded document; contracts/source.md says how. */
const { DISCORD_OPENAPI } = process.env;
if (DISCORD_OPENAPI)
  for (const [name, trim] of copies)
    writeFileSync(copyOf(name), JSON.stringify(trim(read(DISCORD_OPENAPI))));

it.each(copies)('%s holds the listed operations with their schemas, and no more', (name, trim) => {
  const copy = read(copyOf(name));
  expect(copy).toEqual(trim(copy));
});

it('every listed operation is there, and refuses a parameter that it does not have', () => {
  const count = Object.values(OPERATIONS).flat().length;
  expect(new Set(operations.map(({ id }) => id)).size).toBe(count);
  for (const { id, problems } of operations) {
    const strays = problems({ stray: 'x' }, null).map(({ path }) => path.join('.'));
    expect(strays, id).toContain('stray');
  }
});
