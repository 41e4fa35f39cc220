import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Document } from 'bson';
import { CODES, CommandError } from './command-error.ts';
import { runCommand } from './commands.ts';
import type { CommandContext } from './handler.ts';
import { Rows } from './rows.ts';
import { encodeReply, readRequests } from './wire.ts';

export interface MongoOptions {
  /** The SQLite file that holds the rows; default: they are held in memory. */
  file?: string;
  /** The port on 127.0.0.1; default: a free one. */
  port?: number;
  /** Results that nothing sorts come in a random order, as MongoDB may give them. */
  shufflesUnsorted?: boolean;
  /** Commands that fail before they change anything. May be added to while the double runs. */
  failures?: Failure[];
}

/** The next `times` calls of a command answer with an error. */
export interface Failure {
  /** The name of the command, or a pattern of names. */
  command: string | RegExp;
  /** https://www.mongodb.com/docs/manual/reference/error-codes/ */
  code: number;
  times: number;
  /** How many calls succeed before; default: none. */
  after?: number;
}

export interface Mongo {
  /** For mongoose or the driver. */
  uri: string;
  port: number;
  /** Ends all connections. What was acknowledged is in the file. */
  stop(): Promise<void>;
}

/**
 * Starts a double of a standalone MongoDB: it supports the commands and operators that Convenor sends, and refuses all
 * others. A write is acknowledged when it is on the disk.
 */
export async function startMongo(options: MongoOptions = {}): Promise<Mongo> {
  const { file, failures = [], shufflesUnsorted = false } = options;
  const rows = new Rows(file);
  const context = { rows, cursors: new Map(), shufflesUnsorted };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    void serve(socket, (command) => answer(command, context, failures));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const end = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    await rows.close();
  };
  let ending: Promise<void> | undefined;
  return {
    uri: `mongodb://127.0.0.1:${port}/convenor?directConnection=true`,
    port,
    stop() {
      ending ??= end();
      return ending;
    },
  };
}

/** Answers the commands of one connection, one after the other. */
async function serve(
  socket: Socket,
  respond: (command: Document) => Promise<Document>,
): Promise<void> {
  // Reads and writes notice by themselves when a connection has ended.
  socket.on('error', () => {});
  try {
    for await (const request of readRequests(socket)) {
      socket.write(encodeReply(request, await respond(request.command)));
    }
  } catch {
    socket.destroy();
  }
}

async function answer(
  command: Document,
  context: CommandContext,
  failures: readonly Failure[],
): Promise<Document> {
  try {
    failIfPlanned(Object.keys(command)[0], failures);
    const reply = runCommand(command, context);
    // What was read may come from a write that is not on the disk yet.
    await context.rows.committed();
    return reply;
  } catch (error) {
    if (error instanceof CommandError) return error.reply();
    return new CommandError(CODES.InternalError, String(error)).reply();
  }
}

function failIfPlanned(command: string | undefined, failures: readonly Failure[]): void {
  const planned = failures.find(
    (failure) => failure.times > 0 && command?.match(failure.command)?.[0] === command,
  );
  if (!planned) return;
  const { after = 0 } = planned;
  if (after > 0) {
    planned.after = after - 1;
    return;
  }
  planned.times -= 1;
  throw new CommandError(planned.code, `a failure of ${command}, as planned`);
}
