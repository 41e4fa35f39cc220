import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedStores, connectStores } from '../../../src/adapters/mongo/connect.ts';
import { ConflictError, updateWithRetry } from '../../../src/core/ports/store.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { declarations, ranked, thing, things } from '../../contracts/store/things.ts';

/** All commands that may be sent: a role in MongoDB, and the double of it, need to allow no others. */
const allowed = [
  'hello',
  'ping',
  'buildInfo',
  'endSessions',
  'insert',
  'find',
  'getMore',
  'killCursors',
  'update',
  'delete',
  'aggregate',
  'createIndexes',
  'listIndexes',
  'listCollections',
];

describe('what each operation of the store costs', () => {
  let server: TestServer;
  let connected: ConnectedStores;
  const commands: string[] = [];
  const rows = () => connected.stores.forPartnership('p').of(things);
  const sent = () => commands.splice(0);

  beforeAll(async () => {
    server = await startTestServer();
    const onCommand = (command: string) => commands.push(command);
    const database = server.database();
    connected = await connectStores({ uri: server.uri, database, declarations, onCommand });
    expect([...new Set(sent())].filter((command) => !allowed.includes(command))).toEqual([]);
    await rows().insertAll(ranked('g', 1_200));
    await rows().insert(thing({ id: 'one', key: 'one', nextRunAt: new Date(0) }));
  });
  beforeEach(() => void sent());
  afterAll(async () => {
    await connected?.close();
    await server?.stop();
  });

  it('get, found or not: one find', async () => {
    await rows().get('one');
    await rows().get('nobody');
    expect(sent()).toEqual(['find', 'find']);
  });

  it('find: one, also for more rows than a server’s first batch', async () => {
    const found = await rows().find({ index: 'byGroup' }, 1_000);
    expect(found.rows).toHaveLength(1_000);
    expect(sent()).toEqual(['find']);
    expect((await rows().find({ index: 'byGroup' }, 5_000)).rows).toHaveLength(1_201);
    expect(sent()).toEqual(['find']);
  });

  it('count: one aggregate', async () => {
    await rows().count({ index: 'byGroup', where: { group: 'g' } });
    expect(sent()).toEqual(['aggregate']);
  });

  it('insert and insertAll: one insert, whether the id is taken or not', async () => {
    const row = thing();
    await rows().insert(row);
    await expect(rows().insert(row)).rejects.toThrow(ConflictError);
    await rows().insertAll([row, thing(), thing()]);
    expect(sent()).toEqual(['insert', 'insert', 'insert']);
    await rows().insertAll([]);
    expect(sent()).toEqual([]);
  });

  it('save: one update, whether first or too late', async () => {
    const row = { ...thing({ id: 'saved' }), version: 1 };
    await rows().save(row);
    expect(sent()).toEqual(['update']);
    await rows().insert(thing({ id: 'saved' }));
    sent();
    await rows().save(row);
    await rows().save(row);
    expect(sent()).toEqual(['update', 'update']);
  });

  it('saveAll: one update, and one find when only some rows were saved', async () => {
    const inserted = await rows().insertAll([thing(), thing()]);
    const [first, second] = inserted.map((row) => row!);
    sent();
    await rows().saveAll([first!, second!]);
    expect(sent()).toEqual(['update']);
    await rows().saveAll([first!, second!]);
    expect(sent()).toEqual(['update']);
    await rows().saveAll([{ ...first!, version: 2 }, second!]);
    expect(sent()).toEqual(['update', 'find']);
    await rows().saveAll([]);
    expect(sent()).toEqual([]);
  });

  it('commit: a find for the saves and one for the removals of a collection, one for its inserts, one for its saves, and one for each removal', async () => {
    const inserted = await rows().insertAll([thing(), thing(), thing()]);
    const [first, second, third] = inserted.map((row) => row!);
    sent();
    const write = { partnership: 'p', declaration: things };
    const done = await connected.stores.commit([
      { ...write, save: first! },
      { ...write, insert: thing() },
      { ...write, save: second! },
      { ...write, insert: thing() },
      { ...write, remove: { id: third!.id, version: 1 } },
      { ...write, insert: thing() },
    ]);
    expect(done).toBeUndefined();
    expect(sent()).toEqual(['find', 'find', 'insert', 'update', 'delete', 'insert']);
  });

  it('updateWithRetry: one find and one update', async () => {
    await updateWithRetry(rows(), 'one', (row) => ({ ...row, rank: 1 }));
    expect(sent()).toEqual(['find', 'update']);
  });

  it('remove: one delete', async () => {
    await rows().remove('nobody');
    expect(sent()).toEqual(['delete']);
    await rows().remove('nobody', 1);
    expect(sent()).toEqual(['delete']);
  });

  it('due: one find', async () => {
    expect(await connected.stores.due(things, new Date(), 500)).toHaveLength(1);
    expect(sent()).toEqual(['find']);
  });

  it('all: one for each page, and one to close a cursor that is left early', async () => {
    const query = { index: 'byGroup', where: { group: 'g' } } as const;
    for await (const row of rows().all(query)) expect(row.group).toBe('g');
    expect(sent()).toEqual(['find', 'getMore', 'getMore']);
    for await (const row of rows().all(query)) {
      expect(row.rank).toBe(1);
      break;
    }
    expect(sent()).toEqual(['find', 'killCursors']);
  });

  it('anything that is refused: nothing', async () => {
    await expect(rows().find({ index: 'byGroup', where: { rank: 1 } }, 10)).rejects.toThrow();
    await expect(rows().insert(thing({ rank: 0.5 }))).rejects.toThrow();
    await expect(rows().get('')).rejects.toThrow();
    expect(sent()).toEqual([]);
  });

  it('ping: one', async () => {
    await connected.ping();
    expect(sent()).toEqual(['ping']);
  });
});
