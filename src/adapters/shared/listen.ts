import type { Server } from 'node:http';

/** How long closing waits for what is being answered (ms): as long as Slack does. */
const LAST_ANSWERS = 3_000;

/** The port is taken; the message says what to do. */
export class PortTaken extends Error {
  constructor(port: number, cause: unknown) {
    const sentence = `Port ${port} is taken by another program. Stop that, or take another: PORT=${port + 1}.`;
    super(sentence, { cause });
    this.name = 'PortTaken';
  }
}

/**
 * Listens on a host and port (0: a free one).
 * @throws PortTaken when another program has the port.
 */
export function listening(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, error) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

/** Stops listening. What is being answered may finish; who only keeps a connection open may not hold us. */
export async function closed(server: Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  const impatient = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
  await done;
  clearTimeout(impatient);
}
