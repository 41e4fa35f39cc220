// Makes a release: `npm run release`. The version follows from what changed; `-- patch`, `minor` or `major` says
// otherwise. With `--dry-run` it shows what would come of it, and changes and runs nothing. It never pushes.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entryOf, withEntry } from './release/changelog.mjs';
import { bumpOf, nextVersion } from './release/version.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const CHANGELOG = 'CHANGELOG.md';
const dry = process.argv.includes('--dry-run');
const [wanted, ...more] = process.argv.slice(2).filter((word) => word !== '--dry-run');

if (more.length > 0 || (wanted && !['patch', 'minor', 'major'].includes(wanted))) {
  stop('Say npm run release, or npm run release -- patch, minor or major; --dry-run to look only.');
}
if (git('status', '--porcelain')) stop('Something is not committed: see git status.');
const commits = commitsSince(lastRelease());
if (commits.length === 0) stop('Nothing has changed since the last release.');

const { version: now } = JSON.parse(readFileSync('package.json', 'utf8'));
const version = nextVersion(now, wanted ?? bumpOf(commits));
const tag = `v${version}`;
if (git('tag', '--list', tag)) stop(`The tag ${tag} is there already.`);
const entry = entryOf(version, git('log', '-1', '--format=%cs'), commits);
console.log(`${now} -> ${version}\n\n${entry}`);
if (dry) {
  console.log('A dry run: nothing was changed, and neither check nor test was run.');
} else {
  release();
}

function release() {
  for (const script of ['check', 'test']) {
    if (npm('run', script) !== 0) stop(`npm run ${script} failed: nothing was changed.`);
  }
  if (npm('version', version, '--no-git-tag-version') !== 0) stop('The version was not written.');
  writeFileSync(CHANGELOG, withEntry(readFileSync(CHANGELOG, 'utf8'), entry));
  git('commit', '--all', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', tag, '--message', `Convenor ${version}`);
  console.log(`Released ${version} here. To hand it out: git push --follow-tags`);
}

/** The tag of the last release; before the first, where the changelog was last written. */
function lastRelease() {
  const tags = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname');
  return tags.split('\n')[0] || git('log', '-1', '--format=%H', '--', CHANGELOG);
}

/** Subjects with the files of each, the oldest first; merges say nothing of their own. */
function commitsSince(base) {
  const range = `${base}..HEAD`;
  const told = git('log', '--no-merges', '--reverse', '--name-only', '--format=%x00%s', range);
  const each = told.split('\0').slice(1);
  return each.map((text) => {
    const [subject, ...files] = text.split('\n').filter(Boolean);
    return { subject, files };
  });
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function npm(...args) {
  return spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' }).status;
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
