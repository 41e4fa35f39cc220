import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Builds `dist` once before the first test, for the tests that start Convenor as a process. What does not
 * compile is said but stops no test here: whoever runs one test while editing may want it all the same.
 * `npm test` and `npm run check` do stop. `npm run check` has built by then, and says so with CONVENOR_BUILT.
 */
export default function build(): void {
  if (process.env.CONVENOR_BUILT) return;
  const prepare = fileURLToPath(new URL('../../scripts/prepare.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [prepare, 'run'], { stdio: 'inherit' });
  if (status !== 0) console.error('Tests of whole processes may fail: dist is not built.\n');
}
