import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Builds `dist` once before the first test: tests import it (`vitest.config.ts`), or start it as a process. A compile error is
 * printed but does not stop the tests, since somebody may run one test while editing. `npm test` and
 * `npm run check` stop at it. CONVENOR_BUILT says that `dist` is built already, as in `npm run check`.
 */
export default function build(): void {
  if (process.env.CONVENOR_BUILT) return;
  const prepare = fileURLToPath(new URL('../../scripts/prepare.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [prepare, 'run'], { stdio: 'inherit' });
  if (status !== 0)
    console.error('Tests may fail, or run what was built before: dist is not built.\n');
}
