import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedStores, connectStores } from '../../../src/adapters/mongo/connect.ts';
import { type Meta, type Migration, meta, migrate } from '../../../src/adapters/mongo/migrate.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { declarations } from '../../contracts/store/things.ts';

describe('migrations', () => {
  let server: TestServer;
  let database: string;
  let one: ConnectedStores;
  let other: ConnectedStores;
  const rows = (connected: ConnectedStores) => connected.stores.global<Meta, never>(meta);
  const connect = () => connectStores({ uri: server.uri, database, declarations });
  const run = (connected: ConnectedStores, migrations: readonly Migration[], more: object = {}) =>
    migrate({
      rows: rows(connected),
      clock: connected.clock,
      holder: connected === one ? 'one' : 'other',
      migrations,
      ...more,
    });
  const schemaRow = async () => (await rows(one).get('schema'))!;

  beforeAll(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    database = server.database();
    one = await connect();
    other = await connect();
    await rows(one).remove('schema');
  });
  afterEach(() => Promise.all([one.close(), other.close()]));
  afterAll(() => server?.stop());

  /** Steps that record when they run; `each` may wait or fail inside one. */
  const steps = (
    count: number,
    ran: string[],
    each: (keep: () => Promise<void>, name: string) => Promise<void> = async () => {},
  ): Migration[] =>
    Array.from({ length: count }, (_, index) => {
      const name = `step ${index + 1}`;
      return {
        name,
        async run(keep) {
          ran.push(name);
          await each(keep, name);
        },
      };
    });

  it('connecting brings a fresh store to the newest version, also when many processes connect at once', async () => {
    database = server.database();
    const all = await Promise.all(Array.from({ length: 5 }, connect));
    expect(await rows(all[0]!).get('schema')).toMatchObject({ schemaVersion: 1, holder: null });
    await Promise.all(all.map((connected) => connected.close()));
  });

  it('runs each step once, in order, and later ones on top', async () => {
    const ran: string[] = [];
    const done: [number, string][] = [];
    await run(one, steps(2, ran), { done: (...what: [number, string]) => done.push(what) });
    await run(one, steps(2, ran));
    await run(other, steps(3, ran));
    expect(ran).toEqual(['step 1', 'step 2', 'step 3']);
    expect(done).toEqual([
      [1, 'step 1'],
      [2, 'step 2'],
    ]);
    expect(await schemaRow()).toMatchObject({ schemaVersion: 3, holder: null, leaseUntil: null });
  });

  it('of two processes at once, one works and the other waits until all is done', async () => {
    const ran: string[] = [];
    let waited = 0;
    const watched = {
      ...rows(other),
      async get(id: string) {
        const row = await rows(other).get(id);
        if (row?.holder) waited += 1;
        return row;
      },
    };
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = run(
      one,
      steps(2, ran, () => held),
    );
    await expect.poll(async () => (await rows(one).get('schema'))?.holder).toBe('one');
    const second = run(other, steps(2, ran), { rows: watched });
    await expect.poll(() => waited).toBeGreaterThan(0);
    expect(ran).toEqual(['step 1']);
    release();
    await Promise.all([first, second]);
    expect(ran).toEqual(['step 1', 'step 2']);
    expect(await schemaRow()).toMatchObject({ schemaVersion: 2, holder: null });
  });

  it('when many processes race, each step is counted once', async () => {
    const ran: string[] = [];
    const many = Array.from({ length: 10 }, (_, index) =>
      run(index % 2 ? one : other, steps(3, ran), { holder: `racer ${index}` }),
    );
    await Promise.all(many);
    expect(ran).toEqual(['step 1', 'step 2', 'step 3']);
    expect((await schemaRow()).schemaVersion).toBe(3);
  });

  it('does not run a step that another process claimed a moment before', async () => {
    await rows(one).insert({ id: 'schema', schemaVersion: 0, holder: null, leaseUntil: null });
    const ran: string[] = [];
    let robbed = 0;
    const slow = {
      ...rows(one),
      async get(id: string) {
        const row = await rows(one).get(id);
        if (robbed++ === 0) await run(other, steps(1, ran));
        return row;
      },
    };
    await run(one, steps(1, ran), { rows: slow });
    expect(ran).toEqual(['step 1']);
    expect(await schemaRow()).toMatchObject({ schemaVersion: 1, holder: null });
  });

  it('goes on at the step that failed, without waiting for the lease', async () => {
    const ran: string[] = [];
    const fail = async (_: unknown, name: string) => {
      if (name === 'step 2') throw new Error('the disk is full');
    };
    await expect(run(one, steps(3, ran, fail))).rejects.toThrow('the disk is full');
    expect(await schemaRow()).toMatchObject({ schemaVersion: 1, holder: null });
    await run(other, steps(3, ran));
    expect(ran).toEqual(['step 1', 'step 2', 'step 2', 'step 3']);
  });

  it('takes over from a process that stopped, once its lease is over', async () => {
    const start = Date.now();
    await rows(one).insert({
      id: 'schema',
      schemaVersion: 0,
      holder: 'dead',
      leaseUntil: new Date(start + 60_000),
    });
    let looks = 0;
    const clock = { now: () => new Date(start + 30_000 * looks++) };
    const ran: string[] = [];
    await run(one, steps(1, ran), { clock });
    expect(looks).toBeGreaterThan(2);
    expect(ran).toEqual(['step 1']);
  });

  it('stops a long step whose lease was taken over', async () => {
    const ran: string[] = [];
    const robbed = steps(1, ran, async (keep) => {
      await keep();
      await updateWithRetry(rows(other), 'schema', (row) => ({ ...row, holder: 'thief' }));
      await keep();
    });
    await expect(run(one, robbed)).rejects.toThrow('taken this migration over');
    expect(await schemaRow()).toMatchObject({ schemaVersion: 0, holder: 'thief' });
  });

  it('refuses a store that a newer program has used, and says what to do', async () => {
    await rows(one).insert({ id: 'schema', schemaVersion: 99, holder: null, leaseUntil: null });
    const refusal = await connect().catch(String);
    expect(refusal).toContain('last used by a newer Convenor');
    expect(refusal).toContain('Start that newer version, or restore a backup');
  });
});
