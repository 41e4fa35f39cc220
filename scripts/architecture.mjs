import { execFileSync } from 'node:child_process';
import { cruise } from 'dependency-cruiser';
import config, { layers } from '../dependency-cruiser.config.mjs';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: node scripts/architecture.mjs
Checks the imports of src against the rules of dependency-cruiser.config.mjs, and says how to mend each breach.`);

const { forbidden, options } = config;
const { output } = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } });
const { modules, summary } = output;

const remedies = new Map(forbidden.map(({ name, comment }) => [name, comment]));
const breaches = summary.violations.map(
  ({ rule, from, to, cycle }) =>
    `${[from, ...(cycle ? cycle.map(({ name }) => name) : [to])].join(' -> ')}\n  ${rule.name}. ${remedies.get(rule.name)}`,
);

// A file without imports breaks no rule, but may still be outside every layer.
const inLayer = new RegExp(`^src/(${layers.join('|')})`);
const outside = modules
  .map(({ source }) => source)
  .filter((path) => path.startsWith('src/') && !inLayer.test(path))
  .map(
    (path) =>
      `${path}\n  It is in no layer. Move it into one of the folders that dependency-cruiser.config.mjs lists, or add its folder to the list where it belongs.`,
  );
const problems = [...breaches, ...outside];
if (problems.length > 0) console.log(problems.join('\n'));

// A file that the parser could not read has no imports here, so its breaches would go unnoticed.
const seen = new Set(modules.map(({ source }) => source));
const tracked = execFileSync('git', ['ls-files', 'src/**/*.ts', 'src/*.ts'], { encoding: 'utf8' });
const unseen = [...new Set(tracked.split('\n'))].filter((path) => path && !seen.has(path));
if (unseen.length > 0) console.log(`Not read, so nothing is known of them: ${unseen.join(', ')}`);

const imports = modules.reduce((count, { dependencies }) => count + dependencies.length, 0);
console.log(`${seen.size} files, ${imports} imports, ${problems.length} breaches.`);
process.exitCode = problems.length > 0 || unseen.length > 0 ? 1 : 0;
