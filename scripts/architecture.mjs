// Holds the imports of src against the layers of dependency-cruiser.config.mjs. Ends with 1 and a sentence for each
// import that breaks a rule.
import { execFileSync } from 'node:child_process';
import { cruise } from 'dependency-cruiser';
import config, { layers } from '../dependency-cruiser.config.mjs';

const { forbidden, options } = config;
const { output } = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } });
const { modules, summary } = output;

const remedies = new Map(forbidden.map(({ name, comment }) => [name, comment]));
const breaches = summary.violations.map(
  ({ rule, from, to, cycle }) =>
    `${[from, ...(cycle ? cycle.map(({ name }) => name) : [to])].join(' -> ')}\n  ${rule.name}. ${remedies.get(rule.name)}`,
);
console.log(breaches.join('\n'));

// A file that imports nothing breaks no rule, but may still stand outside every layer.
const inLayer = new RegExp(`^src/(${layers.join('|')})`);
const loose = modules
  .map(({ source }) => source)
  .filter((path) => /^src[/]/.test(path) && !inLayer.test(path));
for (const path of loose)
  console.log(
    `${path}\n  It stands in no layer. Move it into one of the folders that dependency-cruiser.config.mjs lists, or add its folder to the list where it belongs.`,
  );

// A parser that cannot read a file sees no imports in it: then nothing it found would mean anything.
const seen = new Set(modules.map(({ source }) => source));
const tracked = execFileSync('git', ['ls-files', 'src/**/*.ts', 'src/*.ts'], { encoding: 'utf8' });
const unseen = [...new Set(tracked.split('\n'))].filter((path) => path && !seen.has(path));
if (unseen.length > 0) console.log(`Not read, so nothing is known of them: ${unseen.join(', ')}`);

const imports = modules.reduce((count, { dependencies }) => count + dependencies.length, 0);
console.log(`${seen.size} files, ${imports} imports, ${breaches.length + loose.length} breaches.`);
process.exitCode = breaches.length + loose.length > 0 || unseen.length > 0 ? 1 : 0;
