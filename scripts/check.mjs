// Everything that can be said about the code without running it, and the rules of the house. Each step
// runs whatever became of the ones before, so that one look shows all there is to mend.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types of src and the page', 'scripts/prepare.mjs', 'run'],
  ['types of the tests', 'node_modules/typescript/bin/tsc', '-p', 'tests'],
  ['the command reference', 'scripts/reference.mjs', '--check'],
  ['what each chat offers', 'scripts/parity.mjs', '--check'],
  ['the manifests and what the chats are asked for', 'scripts/manifest.mjs', '--check'],
  ['Biome', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  ['what nobody uses', 'node_modules/knip/bin/knip.js'],
  ['what imports what', 'scripts/architecture.mjs'],
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
