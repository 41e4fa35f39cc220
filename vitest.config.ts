import { defineConfig } from 'vitest/config';

const onGitHub = process.env.GITHUB_ACTIONS ? ['github-actions'] : [];

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/build.ts'],
    setupFiles: ['tests/setup/seed.ts'],
    reporters: ['default', ...onGitHub, './tests/closing-line.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
