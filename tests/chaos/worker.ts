import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Sink } from './sink.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.mjs', import.meta.url));
/** How much of its last words is told when it ends by itself. */
const LETTERS_TOLD = 2_000;

/** What a worker's process is told. */
interface Order {
  /** Connection strings. */
  store: string;
  redis: string;
  adapter: Sink['adapter'];
  /** How wrong its machine's clock is (ms; ahead is positive). */
  skew: number;
}

/** A worker in a process of its own. */
export interface Worker {
  /** Whether all is loaded and connected, and it has not ended. */
  isReady(): boolean;
  /** Has it work, at once or as soon as it is ready. */
  begin(): void;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Why it ended, should it have done so by itself. */
  mishap(): string | undefined;
}

/** Starts a worker's process. It ends with this one at the latest. */
export function startWorker(order: Order): Worker {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order)]);
  const ended = once(child, 'exit');
  let ready = false;
  let said = '';
  child.stdout.on('data', () => {
    ready = true;
  });
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-LETTERS_TOLD);
  });
  return {
    isReady: () => ready,
    begin: () => void child.stdin.write('begin\n'),
    async kill() {
      ready = false;
      child.kill('SIGKILL');
      await ended;
    },
    mishap: () => (child.exitCode === null ? undefined : `ended with ${child.exitCode}: ${said}`),
  };
}
