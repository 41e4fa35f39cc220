import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The double of MongoDB as a process of its own, with its rows in a file of a temporary folder. */
export async function openStoreProcess() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const file = join(dataDir, 'rows.db');
  const args = ['tests/doubles/mongo/serve.mjs', file];
  const { child, printed } = await started(process.execPath, args, /Store ready: (\S+)/);
  return {
    uri: printed,
    file,
    pid: child.pid,
    /** Stops it from answering, as if it hung, until `goOn`. */
    stall: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    stop: () => end(child).then(() => rm(dataDir, { recursive: true })),
  };
}

/** A redis-server on a free port, without files. @returns undefined if none is installed. */
export async function openRedis() {
  const port = await freePort();
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const server = await started('redis-server', args, /Ready to accept (connections)/).catch(
    () => {},
  );
  return server && { url: `redis://127.0.0.1:${port}`, stop: () => end(server.child) };
}

function started(command, args, ready) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = ready.exec(text);
      if (found) resolve({ child, printed: found[1] });
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${command} ended: ${text}`)));
  });
}

async function end(child) {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** A free port of this machine. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
