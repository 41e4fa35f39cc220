import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a program of the build and waits for what it prints when it is ready.
 * @param {RegExp} ready whose first group is the address.
 * @returns {Promise<{ address: string, pid: number, stop(): Promise<void> }>}
 */
export async function startProcess(args, env, ready) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    const hear = (text) => {
      said += text;
      const found = ready.exec(said);
      if (found) resolve(found[1].replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`${args[0]} ended: ${said}`)));
  });
  return {
    address,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** `npm run try` as a process of its own. */
export function startPlayground(dataDir) {
  const env = { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  return startProcess(['dist/main.js', '--try'], env, /(http:\S+)/);
}
