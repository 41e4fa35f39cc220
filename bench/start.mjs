// How soon the playground answers after `node dist/main.js --try`, and how much memory it holds when idle.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlayground } from './process.mjs';
import { promise } from './statistics.mjs';

const SETTLED_MS = 3_000;

export async function benchStart() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const start = performance.now();
  const playground = await startPlayground(dataDir);
  const ready = await fetch(`${playground.address}/readyz`);
  const seconds = (performance.now() - start) / 1000;
  if (!ready.ok) throw new Error('The playground is not ready.');
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const status = await readFile(`/proc/${playground.pid}/status`, 'utf8').catch(() => '');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  await playground.stop();
  await rm(dataDir, { recursive: true });
  promise('seconds until the playground is ready', seconds, 5, '');
  if (Number.isNaN(resident)) console.log('idle memory: not told by this system');
  else promise('MB resident when idle', resident, 200, '');
}
