import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEnvFile, withValues } from '../../src/ops/files/env-file.ts';
import { newFolder } from './harness.ts';

it.each([
  'plain',
  'mongodb://a:p%40ss@host:27017/convenor?replicaSet=rs&w=majority',
  'with spaces, # a mark, "quotes", $DOLLARS, `ticks` and \\backslashes\\',
  'base64+/==',
  'Zoë’s',
])('what is written is what Node reads, and a shell: %s', async (value) => {
  const path = join(await newFolder(), '.env');
  await writeFile(path, withValues(readEnvFile(path), new Map([['NAME', value]])));
  expect(readEnvFile(path).values.get('NAME')).toBe(value);
  const printing = ['-p', 'process.env.NAME'];
  const node = spawnSync(process.execPath, [`--env-file=${path}`, ...printing], {
    encoding: 'utf8',
  });
  expect(node.stdout.trimEnd()).toBe(value);
  const shell = spawnSync('sh', ['-c', '. "$0"; printf %s "$NAME"', path], { encoding: 'utf8' });
  expect(shell.stdout).toBe(value);
});

it('only the lines that change are touched; what is no longer wanted is taken out', async () => {
  const path = join(await newFolder(), '.env');
  await writeFile(path, '# Ours\nexport A=1\n\nB=2\n# C=9\nC=3 # why\nNOT_A=1');
  const file = readEnvFile(path);
  const wanted = new Map([...file.values, ['A', 'one'], ['D', '4']]);
  wanted.delete('B');
  expect(withValues(file, wanted)).toBe('# Ours\nA=one\n\n# C=9\nC=3 # why\nNOT_A=1\nD=4\n');
});
