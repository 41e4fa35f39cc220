import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Timings } from '../../src/jobs/timings.ts';
import type { TestPlatform } from './test-platform.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.mjs', import.meta.url));
/** How much of its error output is shown when it exits by itself. */
const MAX_STDERR_LENGTH = 2_000;

/** The argument of a worker's process. */
interface WorkerOptions {
  /** Connection strings. */
  store: string;
  redis: string;
  adapter: TestPlatform['adapter'];
  /** How wrong the clock of its machine is (ms; ahead is positive). */
  skew: number;
}

/** A worker in a process of its own. */
export interface Worker {
  /** Whether it is loaded and connected, and has not been killed. */
  isReady(): boolean;
  /** The deliveries that it is sending. */
  sending(): readonly string[];
  /** Starts to work, now or as soon as it is ready. */
  begin(timings: Timings): void;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Why it exited, if it did so by itself. */
  exitReason(): string | undefined;
}

/** Starts a worker's process. It exits at the latest with this one. */
export function startWorker(options: WorkerOptions): Worker {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)]);
  const exited = once(child, 'exit');
  let ready = false;
  let sending: readonly string[] = [];
  let stderr = '';
  createInterface(child.stdout).on('line', (line) => {
    ready = true;
    sending = JSON.parse(line) as string[];
  });
  child.stderr.on('data', (text) => {
    stderr = `${stderr}${text}`.slice(-MAX_STDERR_LENGTH);
  });
  return {
    isReady: () => ready,
    sending: () => (ready ? sending : []),
    begin: (timings) => void child.stdin.write(`${JSON.stringify(timings)}\n`),
    async kill() {
      ready = false;
      child.kill('SIGKILL');
      await exited;
    },
    exitReason: () =>
      child.exitCode === null ? undefined : `exited with ${child.exitCode}: ${stderr}`,
  };
}
