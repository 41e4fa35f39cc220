import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each([
  ['slack', '406ae5b70627fb83'],
  ['discord', '462097b711140b34'],
])('nobody has edited the copied contracts of %s', (platform, sum) => {
  const folder = new URL(`${platform}/contracts/`, import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();
  const hash = createHash('sha256');
  // The sum is over the parsed JSON, so that the formatter may change the layout.
  for (const file of files)
    hash.update(
      `${file} ${JSON.stringify(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))}`,
    );
  const remedy = `${platform}/contracts are copies, not ours to edit: see source.md there. Of a renewed copy, note the new sum here.`;
  expect(hash.digest('hex').slice(0, 16), remedy).toBe(sum);
});
