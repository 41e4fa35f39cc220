import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PRIVATE_MODE, READABLE_MODE, replaceFile } from '../../src/ops/files/replace-file.ts';
import { newFolder } from './harness.ts';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('a left-over temporary file that others can read does not pass on its mode', async () => {
  const folder = await newFolder();
  const path = join(folder, '.env');
  await writeFile(`${path}.next`, 'left over');
  await chmod(`${path}.next`, 0o666);
  replaceFile(path, 'SECRET_KEY=1\n', PRIVATE_MODE);
  expect(await readFile(path, 'utf8')).toBe('SECRET_KEY=1\n');
  expect(await modeOf(path)).toBe(0o600);
  expect(await readdir(folder)).toEqual(['.env']);
});

it('a link in the place of the temporary file is not followed', async () => {
  const folder = await newFolder();
  const path = join(folder, '.env');
  const elsewhere = join(folder, 'elsewhere');
  await writeFile(elsewhere, 'other');
  await symlink(elsewhere, `${path}.next`);
  replaceFile(path, 'SECRET_KEY=1\n', PRIVATE_MODE);
  expect(await readFile(elsewhere, 'utf8')).toBe('other');
  expect((await lstat(path)).isSymbolicLink()).toBe(false);
});

it('the new file has the mode that was asked for, whatever the old one had', async () => {
  const path = join(await newFolder(), 'unit');
  await writeFile(path, 'old', { mode: 0o600 });
  replaceFile(path, 'new', READABLE_MODE);
  expect(await modeOf(path)).toBe(0o644);
  replaceFile(path, 'newer', PRIVATE_MODE);
  expect(await modeOf(path)).toBe(0o600);
});
