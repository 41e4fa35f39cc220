import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { ConflictError, StoreError } from '../../../src/core/ports/store.ts';
import { declarations, thing, things } from '../../contracts/store/things.ts';
import { type Failure, startMongo } from '../../doubles/mongo/mongo.ts';

/** Only the double can be made to fail. */
async function connected(failures: Failure[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-mongo-'));
  const file = join(folder, 'rows.db');
  let server = await startMongo({ file, failures });
  const said: string[] = [];
  const log = {
    info: (_: object, message: string) => said.push(message),
    warn: (_: object, message: string) => said.push(message),
    error: (_: object, message: string) => said.push(message),
  };
  const uri = `${server.uri}&serverSelectionTimeoutMS=300&heartbeatFrequencyMS=500`;
  const { stores, ping, close } = await connectStores({ uri, declarations, log });
  onTestFinished(async () => {
    await close();
    await server.stop();
    await rm(folder, { recursive: true });
  });
  return {
    ping,
    said,
    stores,
    rows: stores.forPartnership('p').of(things),
    stop: () => server.stop(),
    async restart() {
      server = await startMongo({ file, port: server.port });
    },
  };
}

type Connected = Awaited<ReturnType<typeof connected>>;

/** Everything that a store can be asked for. */
function operations({ rows, stores, ping }: Pick<Connected, 'rows' | 'stores' | 'ping'>) {
  const row = thing();
  const owned = { partnership: 'p', row: { ...row, version: 1 } };
  const query = { index: 'byId' } as const;
  return [
    () => ping(),
    () => rows.get('kept'),
    () => rows.find(query, 1),
    () => rows.count(query),
    () => rows.all(query)[Symbol.asyncIterator]().next(),
    () => rows.insert(row),
    () => rows.insertAll([row]),
    () => rows.save(owned.row),
    () => rows.saveAll([owned.row]),
    () => rows.remove('kept'),
    () => stores.due(things, new Date(), 1),
    () => stores.insertAll(things, [owned]),
    () => stores.saveAll(things, [owned]),
    () => stores.commit([{ partnership: 'p', declaration: things, insert: row }]),
  ];
}

const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true };
const patient = { timeout: 10_000 };

describe('a server that goes away', () => {
  it('is noticed within the time limit, logged, and used again when it is back', async () => {
    const { ping, said, rows, stores, stop, restart } = await connected();
    await rows.insert(thing({ id: 'kept' }));
    await stop();
    const sentence =
      /The MongoDB at 127\.0\.0\.1:\d+ cannot be reached \(.+\)\. See that it is running/;
    for (const attempt of operations({ rows, stores, ping })) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({
        trouble: 'unreachable',
        message: expect.stringMatching(sentence),
      });
      expect(String(error)).not.toContain('secret');
    }
    await expect.poll(() => said, patient).toContain('store disconnected');
    await restart();
    await expect.poll(() => said, patient).toContain('store reconnected');
    expect(await rows.get('kept')).toMatchObject({ id: 'kept' });
    const since = said.filter((line) => !line.startsWith('store migrated'));
    // However many operations failed, the reason is one line.
    expect(since.toSorted()).toEqual([
      expect.stringMatching(sentence),
      ...['store disconnected', 'store reconnected'],
    ]);
  });
});

describe('a server that fails', () => {
  const secret = 'what Jane said';
  const row = () => thing({ group: secret, body: { note: secret } });

  it('fails the operation, with an error that contains nothing of the rows', async () => {
    const failures: Failure[] = [];
    const { rows } = await connected(failures);
    const existing = await rows.insert(row());
    const verbs: [string, () => Promise<unknown>][] = [
      ['insert', () => rows.insert(row())],
      ['insert', () => rows.insertAll([row(), row()])],
      ['update', () => rows.save(existing)],
      ['update', () => rows.saveAll([existing])],
      ['find', () => rows.find({ index: 'byGroup', where: { group: secret } }, 10)],
      ['aggregate', () => rows.count({ index: 'byGroup', where: { group: secret } })],
      ['delete', () => rows.remove(existing.id)],
    ];
    for (const [command, verb] of verbs) {
      failures.push({ command, code: 8, times: 1 });
      const error = await verb().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(ConflictError);
      expect(inspect(error, everything)).not.toContain(secret);
    }
    expect(await rows.count({ index: 'byId' })).toBe(1);
  });

  it('says that the disk is full, and goes on when there is room', async () => {
    const failures: Failure[] = [];
    const { rows } = await connected(failures);
    const row = thing();
    failures.push({ command: 'insert', code: 14031, times: 2 });
    for (const insert of [() => rows.insert(row), () => rows.insertAll([row])]) {
      const error = await insert().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'StoreError', trouble: 'full' });
      expect(String(error)).toContain('Make room there');
    }
    expect(await rows.insert(row)).toMatchObject({ version: 1 });
  });

  it('keeps rows out of the error also when the connection fails', async () => {
    const { rows, stop } = await connected();
    await stop();
    for (const verb of [() => rows.insert(row()), () => rows.insertAll([row(), row()])]) {
      const error = await verb().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, everything)).not.toContain(secret);
    }
  });
});
