import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const onGitHub = process.env.GITHUB_ACTIONS ? ['github-actions'] : [];
const include = ['tests/**/*.test.ts'];
const chaos = ['tests/chaos/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'tests', include, exclude: chaos } },
      // What is timed while processes die is not tried beside anything else.
      {
        extends: true,
        test: { name: 'chaos', include: chaos, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
    globalSetup: ['tests/setup/build.ts'],
    setupFiles: ['tests/setup/seed.ts'],
    reporters: ['default', ...onGitHub, './tests/closing-line.ts'],
    // Also on two cores two at a time: many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
