import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/setup/longest-first.ts';

const onGitHub = process.env.GITHUB_ACTIONS ? ['github-actions'] : [];
const include = ['tests/**/*.test.ts'];
const chaos = ['tests/chaos/**/*.test.ts'];
/** `npm run proof`: the same tests at their whole sizes. */
const isProof = Boolean(process.env.PROOF);

// `npm test` always tries the same random cases, so that a failure comes from the change that was made. `SEED=random`
// tries new ones, and so does the proof; `SEED=123` repeats a run. The workers of Vitest inherit the variable.
const wanted = process.env.SEED ?? (isProof ? 'random' : '1');
const seed = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
if (wanted !== '1') console.log(`To repeat this run: SEED=${seed}`);
process.env.SEED = String(seed);

/** Where tests keep their files: in memory if there is space, because a store waits for its disk at each write. */
function tempFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 ** 30 ? memory : tmpdir();
}

export default defineConfig({
  // Tests import what is built from `src` (tests/setup/build.ts builds it first), as Node does when Convenor runs: to
  // transform each file, and to run it in Vite's way, takes longer than many tests.
  resolve: { alias: [{ find: /^((?:\.\.\/)+)src\/(.+)\.ts$/, replacement: '$1dist/$2.js' }] },
  test: {
    server: { deps: { external: [/\/dist\/(?!.*\/tests\/)/] } },
    projects: [
      { extends: true, test: { name: 'tests', include, exclude: chaos } },
      // These tests measure time, so they run after the others. In the short form three of them run side by side.
      {
        extends: true,
        test: {
          name: 'chaos',
          include: chaos,
          maxWorkers: isProof ? 1 : 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    env: { TMPDIR: tempFolder() },
    globalSetup: ['tests/setup/build.ts'],
    setupFiles: ['tests/setup/seed.ts', 'tests/setup/ends.ts'],
    sequence: { sequencer: LongestFirst },
    // Files run in one process share the modules they import: see tests/setup/ends.ts.
    isolate: false,
    reporters: ['default', ...onGitHub, './tests/closing-line.ts'],
    // At least three, also on two cores: many tests wait for processes of their own, or for a platform.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A poll ends as soon as it is met: this is for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: isProof ? 1_800_000 : 60_000,
    hookTimeout: 60_000,
  },
});
