import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newDataFolder } from '../fixtures/try-process.ts';

const SERVE = fileURLToPath(new URL('../../dist/adapters/embedded/serve.js', import.meta.url));

/** The embedded store as a process of its own. */
export interface StoreProcess {
  readonly uri: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again, on the same folder and port. */
  start(): Promise<void>;
  /** Kills it, and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a store on a free port and an empty folder. */
export async function openStoreProcess(): Promise<StoreProcess> {
  const { dataDir, remove } = await newDataFolder();
  let { child, uri } = await serve('0', dataDir);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    uri,
    kill,
    async start() {
      ({ child, uri } = await serve(new URL(uri).port, dataDir));
    },
    stop: () => kill().then(remove),
  };
}

function serve(port: string, dataDir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [SERVE, '--port', port, '--data', dataDir]);
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text;
      const uri = /Store ready: (\S+)\n/.exec(output)?.[1];
      if (uri) resolve({ child, uri });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`The store exited: ${output}`)));
  });
}
