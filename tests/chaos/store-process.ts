import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { dataFolder } from '../fixtures/try-process.ts';

const SERVE = fileURLToPath(new URL('../../dist/adapters/embedded/serve.js', import.meta.url));

/** The embedded store as a process of its own. */
export interface StoreProcess {
  readonly uri: string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, over the same folder and on the same port. */
  start(): Promise<void>;
  /** Ends it for good, and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a store on a free port, over an empty folder. */
export async function openStoreProcess(): Promise<StoreProcess> {
  const { dataDir, remove } = await dataFolder();
  let { child, uri } = await serve('0', dataDir);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
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
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text;
      const uri = /Store ready: (\S+)\n/.exec(said)?.[1];
      if (uri) resolve({ child, uri });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The store ended: ${said}`)));
  });
}
