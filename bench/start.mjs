// How soon the playground answers after `node dist/main.js --try`, and how much memory it holds when idle.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promise } from './statistics.mjs';

const SETTLED_MS = 3_000;

export async function benchStart() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const start = performance.now();
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['dist/main.js', '--try'], { env });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const [found] = said.match(/http:\S+/) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error('The playground did not start.')));
  });
  const ready = await fetch(`${url.replace('localhost', '127.0.0.1')}/readyz`);
  const seconds = (performance.now() - start) / 1000;
  if (!ready.ok) throw new Error('The playground is not ready.');
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  await rm(dataDir, { recursive: true });
  promise('seconds until the playground is ready', seconds, 5, '');
  if (Number.isNaN(resident)) console.log('idle memory: not told by this system');
  else promise('MB resident when idle', resident, 200, '');
}
