// How soon the playground answers after `node dist/main.js --try`, and how much memory it has when idle; also with
// 100,000 contacts in its database.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePartnership } from '../dist/adapters/playground/sample-partnership.js';
import { openStore } from '../dist/adapters/sqlite/open.js';
import { allCollections } from '../dist/process/open-stores.js';
import { fill } from './fill.mjs';
import { startPlayground } from './process.mjs';
import { promise } from './statistics.mjs';

const SETTLED_MS = 3_000;
const SIZE = { partnerCount: 10_000, contactCount: 100_000 };

export async function benchStart() {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const small = await measure(folder);
  const opening = await fillStore(join(folder, 'data', 'try'));
  const large = await measure(folder);
  await rm(folder, { recursive: true });
  promise('seconds until the playground is ready', small.seconds, 5, '');
  promise('seconds to open 100,000 contacts', opening, 1, '');
  if (Number.isNaN(small.megabytes)) return console.log('idle memory: not told by this system');
  promise('MB resident when idle', small.megabytes, 150, '');
  promise('MB more with 100,000 contacts', large.megabytes - small.megabytes, 30, '');
}

async function measure(folder) {
  const start = performance.now();
  const playground = await startPlayground(folder);
  const ready = await fetch(`${playground.address}/readyz`);
  const seconds = (performance.now() - start) / 1000;
  if (!ready.ok) throw new Error('The playground is not ready.');
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const status = await readFile(`/proc/${playground.pid}/status`, 'utf8').catch(() => '');
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  await playground.stop();
  return { seconds, megabytes };
}

/** Fills the playground's database. @returns how long it then takes to open it (s). */
async function fillStore(dataDir) {
  const options = { dataDir, shapes: allCollections };
  const { stores, close } = await openStore(options);
  await fill(stores.forPartnership(samplePartnership.id), SIZE);
  await close();
  const start = performance.now();
  await (await openStore(options)).close();
  return (performance.now() - start) / 1000;
}

if (process.argv[1]?.endsWith('/start.mjs')) await benchStart();
