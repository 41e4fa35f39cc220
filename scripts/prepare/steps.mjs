import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { withLock } from './lock.mjs';
import { Problem, run } from './run.mjs';
import { ensureTestPrograms } from './test-programs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Installs and builds what is missing or out of date, and nothing else.
 * @param {'install' | 'run' | 'test'} goal what the checkout is to be ready for.
 */
export async function prepare(goal) {
  if (!['install', 'run', 'test'].includes(goal)) {
    throw new Problem('Say what to prepare for: node scripts/prepare.mjs install, run or test.');
  }
  process.chdir(root);
  await withLock('dist/.preparing', async () => {
    await install();
    if (goal === 'test') await ensureTestPrograms();
    if (goal !== 'install') await build();
  });
}

/** Compiles what has changed since the last build. */
async function build() {
  const { code, output } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-b']);
  if (code !== 0) throw new Problem(`${output}\nThe build failed: the lines above say where.`);
}
