import type { Socket } from 'node:net';
import { CommandError } from '../errors.ts';
import { messageLength, type Reply, type Request, readMessage, writeReply } from './message.ts';

/**
 * Answers the messages of one connection, one after the other, until it ends. What cannot be read as
 * a message is answered with an error, and the connection is closed; nothing is ever thrown.
 */
export async function serveConnection(
  socket: Socket,
  answer: (request: Request) => Promise<Reply>,
): Promise<void> {
  // A connection may break at any time; reading and writing find out by themselves.
  socket.on('error', () => {});
  try {
    // Reading on only when the last answer is out holds back whoever sends too fast.
    for await (const bytes of messages(socket)) {
      const request = readMessage(bytes);
      const reply = await answer(request);
      if (request.answered) await send(socket, writeReply(request, reply));
    }
    socket.end();
  } catch (error) {
    if (!(error instanceof CommandError)) socket.destroy();
    else
      socket.end(writeReply({ id: 0, kind: 'message' }, error.toReply()), () => socket.destroy());
  }
}

/** Puts the chunks of a stream together to whole messages. @throws CommandError 22 */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let awaited = 4;
  // Left open when this ends, for an error to be sent.
  const received = socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of received) {
    chunks.push(chunk);
    bytes += chunk.length;
    while (bytes >= awaited) {
      const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const length = messageLength(whole);
      awaited = length;
      chunks = [whole];
      if (bytes < length) break;
      yield whole.subarray(0, length);
      chunks = [whole.subarray(length)];
      bytes -= length;
      awaited = 4;
    }
  }
}

function send(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
