import { sectionOf, sections } from './sections.mjs';

/** What the changelog says of a release: the subjects of its commits, each once, by who reads them. */
export function entryOf(version, day, commits) {
  const parts = sections.flatMap((section) => {
    const own = commits.filter((commit) => sectionOf(commit) === section);
    const lines = [...new Set(own.map(({ subject }) => `- ${subject}`))];
    return lines.length > 0 ? [`### ${section.title}\n\n${lines.join('\n')}\n`] : [];
  });
  return [`## ${version} (${day})\n`, ...parts].join('\n');
}

/** The changelog with one more release in front of the others. */
export function withEntry(changelog, entry) {
  const at = changelog.search(/^## /m);
  return `${changelog.slice(0, at)}${entry}\n${changelog.slice(at)}`;
}
