import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const RELEASE_IT = join(project, 'node_modules/release-it/bin/release-it.js');

const noConfig = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const person = (role: string) => ({ [`GIT_${role}_NAME`]: 'A', [`GIT_${role}_EMAIL`]: 'a@b.test' });
const env = { ...process.env, ...noConfig, ...person('AUTHOR'), ...person('COMMITTER') };

let root: string;

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, env, encoding: 'utf8' }).trim();
const read = (file: string) => readFile(join(root, file), 'utf8');

async function commit(subject: string, files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, file), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', subject);
}

/** Runs `npm run release -- ARGS` in the repository. */
function release(...args: string[]) {
  const options = { cwd: root, env, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [RELEASE_IT, '--ci', ...args],
    options,
  );
  return { output: stdout + stderr, status };
}

/** A repository with the project's settings for releases, whose check and test pass unless told otherwise. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'convenor-release-'));
  git('init', '--quiet');
  await mkdir(join(root, 'scripts'));
  for (const file of ['.release-it.json', 'scripts/changelog-plugin.mjs']) {
    await cp(join(project, file), join(root, file));
  }
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  const name = { name: 'convenor', version: '0.1.0', private: true };
  await commit('The beginning', {
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({ ...name, scripts: { check: 'true', test: 'true' } }),
    'package-lock.json': JSON.stringify({ ...name, lockfileVersion: 3, packages: { '': name } }),
    'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\nThe state so far.\n',
  });
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('commits, tags, and puts the subjects of the commits in front of the changelog', async () => {
  await commit('Partners have "other names"', { 'a.txt': '1' });
  await commit('`why` costs $0', { 'b.txt': '1' });
  expect(release('minor')).toMatchObject({ status: 0 });
  expect(await read('CHANGELOG.md')).toMatch(
    /^# Changelog\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- Partners have "other names"\n- `why` costs \$0\n\n## 0\.1\.0\n\nThe state so far\.\n$/,
  );
  expect(JSON.parse(await read('package.json')).version).toBe('0.2.0');
  expect(JSON.parse(await read('package-lock.json')).version).toBe('0.2.0');
  expect(git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
  expect(git('cat-file', '-t', 'v0.2.0')).toBe('tag');
  expect(git('status', '--porcelain')).toBe('');

  // The next one begins at that tag.
  await commit('A page is clearer', { 'a.txt': '2' });
  expect(release()).toMatchObject({ status: 0 });
  expect(await read('CHANGELOG.md')).toMatch(
    /^# Changelog\n\n## 0\.2\.1 \([\d-]+\)\n\n- A page is clearer\n\n## 0\.2\.0 /,
  );
});

it('a dry run shows what would come of it, and changes nothing', async () => {
  await commit('A page is clearer', { 'a.txt': '1' });
  const before = git('rev-parse', 'HEAD');
  const { output, status } = release('--dry-run');
  expect(status).toBe(0);
  expect(output).toContain('0.1.0...0.1.1');
  expect(output).toContain('- A page is clearer');
  expect(git('rev-parse', 'HEAD')).toBe(before);
  expect(git('tag', '--list')).toBe('');
  expect(git('status', '--porcelain')).toBe('');
});

it('stops where something is not committed, or a test fails, and changes nothing', async () => {
  await commit('A page is clearer', { 'a.txt': '1' });
  await writeFile(join(root, 'a.txt'), '2');
  expect(release()).toMatchObject({ status: 1, output: expect.stringContaining('must be clean') });
  const failing = JSON.parse(await read('package.json'));
  failing.scripts.test = 'node -e "process.exit(1)"';
  await commit('A test fails', { 'package.json': JSON.stringify(failing) });
  expect(release().status).toBe(1);
  expect(git('log', '-1', '--format=%s')).toBe('A test fails');
  expect(git('tag', '--list')).toBe('');
  expect(git('status', '--porcelain')).toBe('');
});
