import { sectionOf, sections } from './sections.mjs';

/** How far the version moves: what people use has changed, or only what is around it. */
export function bumpOf(commits) {
  return commits.some((commit) => sectionOf(commit) === sections[0]) ? 'minor' : 'patch';
}

/** The version after this one: https://semver.org */
export function nextVersion(version, bump) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
