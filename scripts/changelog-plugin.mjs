import { readFileSync, writeFileSync } from 'node:fs';
import { Plugin } from 'release-it';

const CHANGELOG = 'CHANGELOG.md';

/** Part of `npm run release`: release-it (.release-it.json) asks it what has changed, and it adds that to CHANGELOG.md. */
export default class ChangelogPlugin extends Plugin {
  /** The subjects of the commits since the last release; before the first one, since the changelog was last edited. */
  async getChangelog() {
    const options = { write: false };
    const { latestTag } = this.config.getContext();
    const start =
      latestTag ?? (await this.exec(`git log -1 --format=%H -- ${CHANGELOG}`, { options }));
    const subjects = `git log --no-merges --reverse --format="- %s" ${start}..HEAD`;
    return this.exec(subjects, { options });
  }

  bump(version) {
    if (this.config.isDryRun) return;
    const { changelog } = this.config.getContext();
    const day = new Date().toISOString().slice(0, 10);
    const text = readFileSync(CHANGELOG, 'utf8');
    const newest = text.search(/^## /m);
    const entry = `## ${version} (${day})\n\n${changelog ? `${changelog}\n\n` : ''}`;
    writeFileSync(CHANGELOG, text.slice(0, newest) + entry + text.slice(newest));
  }
}
