// Where knip starts when it looks for unused files, exports and packages, in `npm run check`.
export default {
  entry: [
    'src/main.ts',
    'src/adapters/playground/page/main.ts',
    'src/ops/{backup,doctor,reseal,restore,setup}.ts',
    'scripts/*.mjs',
    'bench/*.mjs',
    // Programs that the tests start.
    'tests/**/*.mjs',
    'tests/setup/*.ts',
  ],
  project: ['src/**/*.ts', 'scripts/**/*.mjs', 'bench/*.mjs', 'tests/**/*.ts'],
  // Programs such as redis-server are not packages: scripts/prepare/test-programs.mjs checks them.
  exclude: ['binaries'],
  // Scripts import the build: count that as a use of the source.
  compilers: {
    mjs: (text) => text.replaceAll(/((?:\.\.\/)+)dist\/(.*)\.js/g, '$1src/$2.ts'),
  },
};
