import type { Server } from 'node:http';

/** How long closing waits for answers that are on their way. Slack waits for them as long. */
const CLOSE_TIMEOUT_MS = 3_000;

/** Another program uses the port. The message says what to do. */
export class PortTakenError extends Error {
  constructor(port: number, cause: unknown) {
    const sentence = `Port ${port} is taken by another program. Stop that, or take another: PORT=${port + 1}.`;
    super(sentence, { cause });
    this.name = 'PortTakenError';
  }
}

/**
 * Makes a server listen.
 * @param port 0: any free port.
 * @throws PortTakenError if another program uses the port.
 */
export function listenOn(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port, error) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

/** Stops listening. Requests that are being answered may finish; after some seconds all connections are closed. */
export async function closeServer(server: Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await done;
  clearTimeout(timer);
}
