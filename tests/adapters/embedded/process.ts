import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const SERVE = fileURLToPath(new URL('../../../dist/adapters/embedded/serve.js', import.meta.url));

/** How a store that is a process of its own came up. */
export interface Started {
  readonly child: ChildProcess;
  /** Where it is, unless it ended instead. */
  readonly uri: string | undefined;
  /** The exit code, once it has ended. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `npm run store` without npm, and waits until it is ready or has ended. */
export function serve(...args: string[]): Promise<Started> {
  return follow(spawn(process.execPath, [SERVE, ...args]));
}

/** The same, in a shell that allows no file above so many kilobytes. */
export function serveWithin(kilobytes: number, ...args: string[]): Promise<Started> {
  const script = `ulimit -f ${kilobytes} && exec "$@"`;
  return follow(spawn('bash', ['-c', script, 'bash', process.execPath, SERVE, ...args]));
}

/** Ends a process by a signal and waits until it is gone; gives its exit code. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

function follow(child: ChildProcess): Promise<Started> {
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  return new Promise((resolve) => {
    const tell = () => {
      const uri = /^Store ready: (\S+)\n/.exec(stdout)?.[1];
      resolve({ child, uri, code: child.exitCode, stdout, stderr });
    };
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
      if (stdout.includes('\n')) tell();
    });
    child.on('close', tell);
  });
}
