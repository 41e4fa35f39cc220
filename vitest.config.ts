import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

const onGitHub = process.env.GITHUB_ACTIONS ? ['github-actions'] : [];
const include = ['tests/**/*.test.ts'];
const chaos = ['tests/chaos/**/*.test.ts'];

/** Where tests keep their files: in memory where there is room, since a store waits for its disk at each write. */
function folder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 ** 30 ? memory : tmpdir();
}

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'tests', include, exclude: chaos } },
      // What is timed while processes die is not tried beside anything else, but for its like in the short form.
      {
        extends: true,
        test: {
          name: 'chaos',
          include: chaos,
          maxWorkers: process.env.CHAOS === 'whole' ? 1 : 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    env: { TMPDIR: folder() },
    globalSetup: ['tests/setup/build.ts'],
    setupFiles: ['tests/setup/seed.ts', 'tests/setup/ends.ts'],
    // What a file imports serves the next one too: see tests/setup/ends.ts.
    isolate: false,
    reporters: ['default', ...onGitHub, './tests/closing-line.ts'],
    // Also on two cores two at a time: many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
