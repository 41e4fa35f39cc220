import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const workflows = readdirSync(new URL('../.github/workflows', import.meta.url)).map(
  (name) => `.github/workflows/${name}`,
);
const composeFiles = readdirSync(new URL('..', import.meta.url)).filter((name) =>
  /^compose.*\.yaml$/.test(name),
);

/** All that a pattern's first group finds in a file. */
const found = (path: string, pattern: RegExp) =>
  [...read(path).matchAll(pattern)].map(([, value = '']) => value);

it.each(workflows)(
  '%s: every action is pinned by its commit, with its version beside it',
  (path) => {
    const actions = found(path, /^ *(?:- )?uses: (.+)$/gm);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions)
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  },
);

it.each(workflows)('%s: no checkout leaves credentials behind', (path) => {
  const steps = read(path).split(/^ {6}- /m);
  const checkouts = steps.filter((step) => step.startsWith('uses: actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(0);
  for (const step of checkouts) expect(step).toContain('persist-credentials: false');
});

it.each(workflows)('%s: its token may only read, but for jobs that say more', (path) => {
  expect(read(path)).toMatch(/^permissions:\n {2}contents: read\n/m);
});

it('every image is pinned by its digest, with its tag before it', () => {
  const images = [
    ...workflows.flatMap((path) => [
      ...found(path, /^ *image: (?!convenor$)(\S+)$/gm),
      ...found(path, /^ *- (node:\S+)$/gm),
      ...found(path, /^ *container: (?!\$\{\{ matrix)(\S+)$/gm),
      ...found(path, /docker run(?:\s+-\S+)*\s+(\w\S*)/g),
    ]),
    ...composeFiles.flatMap((path) => found(path, /^ *image: (?!convenor$)(\S+)$/gm)),
    ...found('Dockerfile', /^ARG NODE=(\S+)$/gm),
    ...found('Dockerfile', /^FROM (?!\$\{NODE\})(\S+)/gm),
  ];
  expect(images).toHaveLength(9);
  for (const image of images) expect(image).toMatch(/^[\w/]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
});

it('a release has a bill of materials', () => {
  const release = read('.github/workflows/release.yml');
  expect(release).toContain('npm sbom --package-lock-only --omit dev --sbom-format cyclonedx');
  expect(release).toContain('gh release create "$GITHUB_REF_NAME" convenor.cdx.json');
});
