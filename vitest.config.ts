import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const onGitHub = process.env.GITHUB_ACTIONS ? ['github-actions'] : [];

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/build.ts'],
    setupFiles: ['tests/setup/seed.ts'],
    reporters: ['default', ...onGitHub, './tests/closing-line.ts'],
    // Also on two cores two at a time: many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
