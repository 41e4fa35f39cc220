import type { Server } from 'node:http';

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
