import { connect, createServer } from 'node:net';
import { join, relative } from 'node:path';

/** What the system takes as the path of a socket, in bytes, on macOS; Linux takes 107. */
const LONGEST_PATH = 103;

/** A socket that others can see as long as this process lives. */
export interface SignOfLife {
  end(): Promise<void>;
}

/** Listens at a path until ended or until the process dies, however it dies. */
export function showLife(path: string): Promise<SignOfLife> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).destroy());
    server.on('error', (error) =>
      reject(
        new Error(
          `No socket can be made at ${path} (${error.message}). Name a data folder on a local disk (DATA_DIR, or --data).`,
        ),
      ),
    );
    server.listen(path, () =>
      resolve({ end: () => new Promise((ended) => server.close(() => ended())) }),
    );
  });
}

/** Whether somebody listens at a path. In doubt somebody does. */
export function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}

/**
 * Where a socket of a folder is.
 * @throws Error when no path to it is short enough
 */
export function socketPath(folder: string, name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\convenor-${name}`;
  const whole = join(folder, name);
  const short = relative(process.cwd(), whole);
  const best = Buffer.byteLength(short) < Buffer.byteLength(whole) ? short : whole;
  if (Buffer.byteLength(best) <= LONGEST_PATH) return best;
  throw new Error(
    `The path of the data folder ${folder} is too long for a socket. Name a folder with a shorter one (DATA_DIR, or --data).`,
  );
}
