import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDataFolder } from '../fixtures/try-process.ts';

const SERVE = fileURLToPath(new URL('../doubles/mongo/serve.mjs', import.meta.url));

/** The double of MongoDB as a process of its own. */
export interface StoreProcess {
  readonly uri: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again, on the same file and port. */
  start(): Promise<void>;
  /** Kills it, and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a store on a free port and an empty folder. */
export async function openStoreProcess(): Promise<StoreProcess> {
  const { dataDir, remove } = await newDataFolder();
  const file = join(dataDir, 'rows.db');
  let { child, uri } = await serve(file);
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
      ({ child, uri } = await serve(file, new URL(uri).port));
    },
    stop: () => kill().then(remove),
  };
}

function serve(file: string, port = '0'): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [SERVE, file, port]);
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
