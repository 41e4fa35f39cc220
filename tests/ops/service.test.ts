import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasSystemd, installService, serviceProblem } from '../../src/ops/setup/service.ts';
import { systemdUnits } from '../../src/ops/setup/units.ts';
import { newFolder } from './harness.ts';

const service = {
  node: process.execPath,
  program: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''),
  folder: '/opt/convenor',
  backupDir: '/var/backups/convenor',
};

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!hasAnalyze)('systemd', () => {
  it('understands the units, and finds little that they could do harm with', async () => {
    const folder = await newFolder();
    for (const [name, text] of systemdUnits(service)) await writeFile(join(folder, name), text);
    const files = [...systemdUnits(service).keys()].map((name) => join(folder, name));
    const verified = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
    expect(verified.stderr).toBe('');
    expect(verified.status).toBe(0);
    const services = files.filter((file) => file.endsWith('.service'));
    const exposed = spawnSync('systemd-analyze', [
      ...['security', '--offline=true', '--threshold=20', '--no-pager'],
      ...services,
    ]);
    expect(exposed.status).toBe(0);
  });
});

it.skipIf(hasSystemd)(
  'where it cannot be installed, it is written down, and how it is done',
  async () => {
    const folder = await newFolder();
    const said: string[] = [];
    const ask = { say: (text: string) => void said.push(text) };
    installService(ask, { ...service, folder }, false);
    expect((await readdir(join(folder, 'systemd'))).sort()).toEqual([
      'convenor-backup.service',
      'convenor-backup.timer',
      'convenor.service',
    ]);
    expect(said.join('\n')).toContain("sudo systemd-sysusers --inline 'u convenor - Convenor'");
    expect(said.at(-1)).toContain('sudo systemctl restart convenor.service convenor-backup.timer');
  },
);

it('with MongoDB there is nothing to back up here', () => {
  const units = systemdUnits({ ...service, backupDir: undefined });
  expect([...units.keys()]).toEqual(['convenor.service']);
});

it.each([
  [{ folder: '/home/grace/convenor' }, /cannot see home folders.*\/opt\/convenor/],
  [{ node: '/root/.nvm/versions/node/v24.0.0/bin/node' }, /install it for all users/],
  [{ backupDir: '/srv/our backups' }, /without spaces/],
])('a service cannot be made of %o, and it says why', (given, why) => {
  const plain = { ...service, node: '/usr/bin/node', program: '/opt/convenor' };
  expect(serviceProblem(plain)).toBeUndefined();
  expect(serviceProblem({ ...plain, ...given })).toMatch(why);
});
