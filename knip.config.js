// What counts as used, for `npm run check`: files, exports and packages that nobody needs are taken out.
export default {
  entry: [
    'src/main.ts',
    'src/adapters/embedded/serve.ts',
    'src/adapters/playground/page/main.ts',
    'src/ops/{backup,doctor,restore,setup}.ts',
    'scripts/*.mjs',
    'bench/*.mjs',
    // Programs that tests start.
    'tests/**/*.mjs',
    'tests/setup/*.ts',
  ],
  project: ['src/**/*.ts', 'scripts/**/*.mjs', 'bench/*.mjs', 'tests/**/*.ts'],
  // dependency-cruiser loads it by itself.
  ignoreDependencies: ['@swc/core'],
  // Programs such as redis-server come with the machine: scripts/test-programs.mjs looks after them.
  exclude: ['binaries'],
  // These run what is built: they use what it was built from.
  compilers: {
    mjs: (text) => text.replaceAll(/((?:\.\.\/)+)dist\/(.*)\.js/g, '$1src/$2.ts'),
  },
};
