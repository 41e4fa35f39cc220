// Which folder may import which, for `npm run check`. The reasons are in docs/engineers.md.

/** The layers of src, lowest first: each imports itself and what stands before it in this list. */
export const layers = [
  'config',
  'core/base',
  'core/async',
  'core/dates',
  'core/names',
  'core/message',
  'core/ports',
  'core/domain',
  'core/command',
  'core/parsing',
  'core/cards',
  'core/features',
  'core/bot',
  'jobs',
  'adapters/shared',
  'adapters/(?!shared/)',
  'process',
  'ops',
  'main[.]ts',
];

const within = (names) => `^src/(${names.join('|')})`;

const upward = layers.slice(0, -1).map((layer, index) => ({
  name: `${layer.replace('/(?!shared/)', '')} imports only what is below it`,
  comment: `A lower layer must not know a higher one (dependency-cruiser.config.mjs lists them, lowest first). Move what both need down to the lowest layer that uses it, or pass it in as an argument.`,
  severity: 'error',
  from: { path: within([layer]) },
  to: { path: within(layers.slice(index + 1)) },
}));

/** Packages and parts of Node that reach a platform, a database, a server or the machine. */
const OUTSIDE = [
  '^node_modules/(mongoose|mongodb|@photostructure|express|bullmq|ioredis|discord[.]js|pino|prom-client|@slack|@discordjs)/',
  '^(node:)?(fs|net|tls|dgram|dns|https?|http2|child_process|cluster|worker_threads|process|sqlite)(/|$)',
];

export default {
  forbidden: [
    ...upward,
    {
      name: 'core knows no settings',
      comment:
        'Core takes values: pass the value in where src/process or src/ops puts the parts together.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/config/' },
    },
    {
      name: 'a feature knows no other feature',
      comment:
        'Rows and rules that two features need belong into core/domain; a reply, button or argument they share, into core/cards.',
      severity: 'error',
      from: { path: '^src/core/features/([^/]+)/' },
      to: { path: '^src/core/features/', pathNot: '^src/core/features/$1/' },
    },
    {
      name: 'an adapter knows no other adapter',
      comment:
        'What two adapters need belongs into adapters/shared; what one needs of another, behind a port in core/ports.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/($1|shared)/' },
    },
    {
      name: 'no circle of files',
      comment: 'Move what they share into a file of its own, below both.',
      severity: 'error',
      from: { path: '^(src|scripts|bench)/' },
      to: { circular: true },
    },
    {
      name: 'no circle of folders',
      comment:
        'Two folders that need each other are one folder, or share something that belongs below both.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'core reaches nothing outside',
      comment: 'Declare what core needs as a port in core/ports, and do it in an adapter.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: OUTSIDE },
    },
    {
      name: 'mongoose lives in adapters/mongo alone',
      comment: 'Use the store port, core/ports/store.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/mongo/' },
      to: { path: '^node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'src runs on its dependencies alone, as in the image',
      comment: 'Add the package to the dependencies in package.json, with its exact version.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        // Types alone: nothing of it is left in what runs.
        pathNot: '^node_modules/@slack/types/',
      },
    },
    {
      name: 'src knows nothing of tests, scripts and benches',
      comment: 'Move what src needs into src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts|bench)/' },
    },
    {
      name: 'every import leads somewhere',
      comment: 'The file or package is not there: check the name.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
