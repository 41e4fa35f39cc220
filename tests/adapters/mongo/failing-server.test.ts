import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FaultPlan, startEmbeddedStore } from '../../../src/adapters/embedded/server.ts';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { ConflictError } from '../../../src/core/ports/store.ts';
import { declarations, thing, things } from '../../contracts/store/things.ts';

/** Only the embedded store can be made to fail. */
async function connected(faults: FaultPlan = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-store-'));
  let server = await startEmbeddedStore({ dataDir, faults });
  const said: string[] = [];
  const log = {
    info: (_: object, message: string) => said.push(message),
    warn: (_: object, message: string) => said.push(message),
  };
  const uri = `${server.uri}&serverSelectionTimeoutMS=300&heartbeatFrequencyMS=500`;
  const { stores, ping, close } = await connectStores({ uri, declarations, log });
  onTestFinished(async () => {
    await close();
    await server.stop();
    await rm(dataDir, { recursive: true });
  });
  return {
    ping,
    said,
    rows: stores.forPartnership('p').of(things),
    stop: () => server.stop(),
    async restart() {
      server = await startEmbeddedStore({ dataDir, port: server.port });
    },
  };
}

const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true };
const patient = { timeout: 10_000 };

describe('a server that goes away', () => {
  it('is noticed within the time limit, logged, and used again when it is back', async () => {
    const { ping, said, rows, stop, restart } = await connected();
    await rows.insert(thing({ id: 'kept' }));
    await stop();
    await expect(ping()).rejects.toThrow();
    await expect(rows.get('kept')).rejects.toThrow();
    await expect.poll(() => said, patient).toContain('store disconnected');
    await restart();
    await expect.poll(() => said, patient).toContain('store reconnected');
    expect(await rows.get('kept')).toMatchObject({ id: 'kept' });
    const since = said.filter((sentence) => !sentence.startsWith('store migrated'));
    expect(since).toEqual(['store disconnected', 'store reconnected']);
  });
});

describe('a server that fails', () => {
  const secret = 'what Jane said';
  const row = () => thing({ group: secret, body: { note: secret } });

  it('fails the operation, with an error that contains nothing of the rows', async () => {
    const failures: NonNullable<FaultPlan['failures']> = [];
    const { rows } = await connected({ failures });
    const existing = await rows.insert(row());
    const verbs: [string, () => Promise<unknown>][] = [
      ['insert', () => rows.insert(row())],
      ['insert', () => rows.insertAll([row(), row()])],
      ['update', () => rows.save(existing)],
      ['find', () => rows.find({ index: 'byGroup', where: { group: secret } })],
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
