import { spawnSync } from 'node:child_process';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: npm run check
Checks everything that can be checked without running the tests. Each step runs even if an earlier one fails.`);

const steps = [
  ['types of src and the page', 'scripts/prepare.mjs', 'run'],
  ['types of the tests', 'node_modules/typescript/bin/tsc', '-p', 'tests'],
  ['the command reference', 'scripts/reference.mjs', '--check'],
  ['what each chat offers', 'scripts/parity.mjs', '--check'],
  ['the manifests and what the chats are asked for', 'scripts/manifest.mjs', '--check'],
  ['Biome', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  ['unused code and packages', 'node_modules/knip/bin/knip.js'],
  ['the layers', 'scripts/architecture.mjs'],
  ['the scripts of package.json', 'scripts/npm-scripts.mjs'],
  ['the paths and links in the documentation', 'scripts/docs-paths.mjs'],
];

const env = { ...process.env, CONVENOR_BUILT: '1' };
const failed = steps.filter(([name, ...command]) => {
  console.log(`\n== ${name}`);
  return spawnSync(process.execPath, command, { stdio: 'inherit', env }).status !== 0;
});

console.log(
  failed.length === 0
    ? '\nAll is well.'
    : `\nTo mend, see above: ${failed.map(([name]) => name).join('; ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
