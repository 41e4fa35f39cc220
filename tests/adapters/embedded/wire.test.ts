import { once } from 'node:events';
import { connect as open, type Socket } from 'node:net';
import { serialize } from 'bson';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { connect, newCollection, newStore } from './fixture.ts';

async function dial(port: number): Promise<Socket> {
  const socket = open(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Everything the other side sends until it closes. */
async function remains(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.on('error', resolve).on('close', resolve));
  return Buffer.concat(chunks);
}

function message(kind: number, body: Buffer, length = body.length + 16): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(kind, 12);
  return Buffer.concat([head, body]);
}

function opMsg(command: object, flags = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags);
  return message(2013, Buffer.concat([head, serialize(command)]));
}

const ping = { ping: 1, $db: 'admin' };
const whole = opMsg({
  insert: 'things',
  documents: [{ a: 'text', b: [1, { c: 2 }] }],
  $db: 'convenor',
});

function altered(at: number, byte: number): Buffer {
  const copy = Buffer.from(whole);
  copy[at] = byte;
  return copy;
}

test.each<[string, Buffer]>([
  ['a message over 48 MB', message(2013, Buffer.alloc(0), 48_000_001)],
  ['a message of negative length', message(2013, Buffer.alloc(0), -1)],
  ['a message shorter than its head', message(2013, Buffer.alloc(0), 15)],
  ['an unknown kind of message', message(2012, Buffer.alloc(20))],
  [
    'a query that is no hello',
    message(
      2004,
      Buffer.concat([
        Buffer.from('\0\0\0\0a.$cmd\0\0\0\0\0\xff\xff\xff\xff', 'latin1'),
        serialize({ find: 'x' }),
      ]),
    ),
  ],
  ['an unknown flag', opMsg(ping, 4)],
  ['a checksum', opMsg(ping, 1)],
  [
    'two commands',
    message(
      2013,
      Buffer.concat([Buffer.alloc(5), serialize(ping), Buffer.alloc(1), serialize(ping)]),
    ),
  ],
  [
    'no command',
    message(2013, Buffer.concat([Buffer.alloc(4), Buffer.from([1, 6, 0, 0, 0, 120, 0])])),
  ],
  [
    'an unknown section',
    message(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 2]), serialize(ping)])),
  ],
  ['a document without an end', altered(20 + 1, 200)],
  ['a web page asked for', Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')],
])('GIVEN %s THEN there is an error, and the connection is closed', async (_, bytes) => {
  const { port, uri } = await newStore();
  const socket = await dial(port);
  socket.write(bytes);
  const answer = await remains(socket);
  expect(answer.readInt32LE(0)).toBe(answer.length);
  expect(answer.toString('latin1')).toContain('errmsg');
  expect(await (await connect(uri)).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
});

test('GIVEN an old hello THEN it is answered in its own form', async () => {
  const { port } = await newStore();
  const socket = await dial(port);
  const head = Buffer.from('\0\0\0\0admin.$cmd\0\0\0\0\0\xff\xff\xff\xff', 'latin1');
  socket.write(message(2004, Buffer.concat([head, serialize({ isMaster: 1, helloOk: true })])));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.readInt32LE(12)).toBe(1);
  expect(answer.toString('latin1')).toContain('maxWireVersion');
});

test('GIVEN messages in pieces, or several in one THEN each is answered in turn', async () => {
  const { port } = await newStore();
  const socket = await dial(port);
  const two = Buffer.concat([opMsg(ping), opMsg({ unheard: 1, $db: 'admin' })]);
  const answers = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (text.includes('no such command')) resolve(text);
    });
  });
  for (const byte of two) socket.write(Buffer.from([byte]));
  expect(await answers).toMatch(/ok.*no such command: 'unheard'/s);
});

test('GIVEN a message cut off anywhere THEN nothing comes of it, and others are served', async () => {
  const { store, things } = await newCollection();
  const sockets = Array.from({ length: whole.length }, async (_, length) => {
    const socket = await dial(store.port);
    socket.end(whole.subarray(0, length));
    await remains(socket);
  });
  await Promise.all(sockets);
  expect(await things.countDocuments({})).toBe(0);
});

test('GIVEN any bytes, and any byte of a message altered THEN the store lives on', async () => {
  const { store, things } = await newCollection();
  const shake = async (bytes: Buffer) => {
    const socket = await dial(store.port);
    socket.end(bytes);
    await remains(socket);
  };
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => shake(Buffer.from(bytes))),
    { numRuns: 150 },
  );
  const body = fc.uint8Array({ minLength: 5, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(2013, 2004), body, (kind, bytes) =>
      shake(message(kind, Buffer.from(bytes))),
    ),
    { numRuns: 150 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 4, max: whole.length - 1 }),
      fc.nat({ max: 255 }),
      (at, byte) => shake(altered(at, byte)),
    ),
    { numRuns: 400 },
  );
  await things.insertOne({ n: 1 });
  expect(await things.findOne({ n: 1 })).toMatchObject({ n: 1 });
});

test('GIVEN connections that break in the middle of an answer THEN others are served', async () => {
  const { store, things } = await newCollection();
  await things.insertOne({ text: 'x'.repeat(10_000_000) });
  for (let i = 0; i < 10; i++) {
    const socket = await dial(store.port);
    socket.write(opMsg({ find: 'things', $db: 'convenor' }));
    await once(socket, 'readable');
    socket.resetAndDestroy();
  }
  expect(await things.countDocuments({})).toBe(1);
});

test('GIVEN senders of nonsense that are gone before the answer THEN others are served', async () => {
  const { store, things } = await newCollection();
  for (let i = 0; i < 50; i++) {
    const socket = await dial(store.port);
    const written = new Promise((resolve) => socket.write(altered(i % 2 ? 3 : 12, 0xff), resolve));
    await written;
    socket.resetAndDestroy();
  }
  await things.insertOne({ n: 1 });
  expect(await things.countDocuments({})).toBe(1);
});

test('GIVEN a store THEN it listens on this machine alone', async () => {
  const { uri, port } = await newStore();
  expect(uri).toBe(`mongodb://127.0.0.1:${port}/convenor?directConnection=true`);
  const { networkInterfaces } = await import('node:os');
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family, internal } of others) {
    if (internal || family !== 'IPv4') continue;
    const socket = open(port, address);
    expect(await once(socket, 'connect').catch(({ code }) => code)).toBe('ECONNREFUSED');
  }
});
