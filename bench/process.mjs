import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/**
 * Starts a program of the build and waits for what it prints when it is ready.
 * @param {RegExp} ready whose first group is the address.
 * @returns {Promise<{ address: string, pid: number, stop(): Promise<void> }>}
 */
export async function startProcess(args, env, ready, cwd = process.cwd()) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  const address = await new Promise((done, reject) => {
    let printed = '';
    const read = (text) => {
      printed += text;
      const found = ready.exec(printed);
      if (found) done(found[1].replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`${args[0]} ended: ${printed}`)));
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

/** `npm run try` as a process of its own. Its data is in `data/try` of the folder. */
export function startPlayground(folder) {
  const env = { PORT: '0', LOG_LEVEL: 'error' };
  return startProcess([resolve('dist/main.js'), '--try'], env, /(http:\S+)/, folder);
}
