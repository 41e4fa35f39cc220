import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
const who = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const named = (role: string) => ({ [`GIT_${role}_NAME`]: 'A', [`GIT_${role}_EMAIL`]: 'a@b.test' });
const env = { ...process.env, ...who, ...named('AUTHOR'), ...named('COMMITTER') };

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'convenor-release-'));
  await cp(join(scripts, 'release'), join(root, 'scripts/release'), { recursive: true });
  await cp(join(scripts, 'release.mjs'), join(root, 'scripts/release.mjs'));
  git('init', '--quiet');
  const name = { name: 'convenor', version: '0.1.0' };
  const ran = (script: string) =>
    `node -e "fs.appendFileSync('../${basenameOf()}.ran','${script} ')"`;
  await commit('The beginning', {
    'package.json': JSON.stringify({
      ...name,
      scripts: { check: ran('check'), test: ran('test') },
    }),
    'package-lock.json': JSON.stringify({ ...name, lockfileVersion: 3, packages: { '': name } }),
    'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\nThe state so far.\n',
  });
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
  await rm(`${root}.ran`, { force: true });
});

const basenameOf = () => root.slice(dirname(root).length + 1);
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env, encoding: 'utf8' });
const read = (file: string) => readFile(join(root, file), 'utf8');
const ran = () => readFile(`${root}.ran`, 'utf8').catch(() => '');

async function commit(subject: string, files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', subject);
}

function release(...args: string[]): { said: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/release.mjs'), ...args],
    { cwd: tmpdir(), env, encoding: 'utf8' },
  );
  return { said: stdout + stderr, status };
}

it('checks, tests, counts on, writes what changed for whom, and tags', async () => {
  await commit('A brief folds the rest', { 'src/core/features/briefs/cards.ts': '1' });
  await commit('doctor looks at the clock', { 'src/ops/doctor.ts': '1', 'tests/ops/a.ts': '1' });
  await commit('A test waits no more', { 'tests/core/a.test.ts': '1' });
  expect(release()).toMatchObject({ status: 0 });

  expect(await ran()).toBe('check test ');
  expect(JSON.parse(await read('package.json')).version).toBe('0.2.0');
  expect(JSON.parse(await read('package-lock.json')).packages[''].version).toBe('0.2.0');
  expect((await read('CHANGELOG.md')).replace(/\d{4}-\d\d-\d\d/, 'DAY')).toBe(
    '# Changelog\n\n## 0.2.0 (DAY)\n\n' +
      '### For everybody who uses it\n\n- A brief folds the rest\n\n' +
      '### For whoever runs it\n\n- doctor looks at the clock\n\n' +
      '### For engineers\n\n- A test waits no more\n\n' +
      '## 0.1.0\n\nThe state so far.\n',
  );
  expect(git('tag', '--list')).toBe('v0.2.0\n');
  expect(git('status', '--porcelain')).toBe('');

  expect(release()).toEqual({ said: 'Nothing has changed since the last release.\n', status: 1 });
  await commit('A page is clearer', { 'docs/members.md': '1' });
  expect(release('--dry-run').said).toContain('0.2.0 -> 0.2.1');
  expect(release('--dry-run', 'major').said).toContain('0.2.0 -> 1.0.0');
});

it('a dry run changes and runs nothing', async () => {
  await commit('A page is clearer', { 'docs/members.md': '1' });
  const { said, status } = release('--dry-run');
  expect(status).toBe(0);
  expect(said).toContain('### In the documentation\n\n- A page is clearer');
  expect(git('tag', '--list')).toBe('');
  expect(git('log', '-1', '--format=%s')).toBe('A page is clearer\n');
  expect(git('status', '--porcelain')).toBe('');
  expect(await ran()).toBe('');
});

it('stops where something is not committed, or a test fails, and changes nothing', async () => {
  await writeFile(join(root, 'left.txt'), '1');
  expect(release()).toEqual({ said: 'Something is not committed: see git status.\n', status: 1 });
  const failing = JSON.parse(await read('package.json'));
  failing.scripts.test = 'node -e "process.exit(1)"';
  await commit('A test fails', { 'package.json': JSON.stringify(failing) });
  const { said, status } = release();
  expect(status).toBe(1);
  expect(said).toContain('npm run test failed: nothing was changed.');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('tag', '--list')).toBe('');
});

it('says how it is called where it is called otherwise', () => {
  expect(release('0.3.0').said).toMatch(/^Say npm run release, or/);
});
