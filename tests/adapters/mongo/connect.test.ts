import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  type ConnectedStores,
  connectStores,
  connectWhenThere,
} from '../../../src/adapters/mongo/connect.ts';
import { ConfigError } from '../../../src/config/config.ts';
import { CredentialError } from '../../../src/core/base/credential-error.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';
import { declarations, thing, things } from '../../contracts/store/things.ts';
import { startMongo } from '../../doubles/mongo/mongo.ts';

describe('connecting', () => {
  let server: TestServer;
  let database: string;
  let connected: ConnectedStores;
  let raw: Connection;
  const all = [...declarations, partners];
  const connect = (shapes: Parameters<typeof connectStores>[0]['declarations']) =>
    connectStores({ uri: server.uri, database, declarations: shapes });

  beforeAll(async () => {
    server = await startTestServer();
    database = server.database();
    connected = await connect(all);
    raw = await mongoose.createConnection(server.uri, { dbName: database }).asPromise();
  });
  afterAll(async () => {
    await connected?.close();
    await raw?.close();
    await server?.stop();
  });

  const indexes = async (collection: string) =>
    (await raw.collection(collection).indexes())
      .map(({ name, key, unique }) => [name, Object.keys(key).join(), unique ?? false])
      .sort();

  it('makes the declared indexes, each starting with the partnership, and those of the store', async () => {
    expect(await indexes('things')).toEqual([
      ['_id_', '_id', false],
      ['byDone', 'partnership,done,at,_id', false],
      ['byGroup', 'partnership,group,rank,_id', false],
      ['byId', 'partnership,_id', false],
      ['byKey', 'partnership,key', true],
      ['bySweep', 'nextRunAt', false],
    ]);
    expect(await indexes('signs')).toEqual([
      ['_id_', '_id', false],
      ['byText', 'text', true],
    ]);
    const declared = ['_id_', 'byId', ...Object.keys(partners.indexes)];
    expect((await indexes('partners')).map(([name]) => name)).toEqual(declared.sort());
  });

  it('makes indexes that were declared later, and refuses a changed one', async () => {
    const shape = {
      name: 'later',
      scope: 'partnership',
      fields: { a: 'text', b: 'text' },
    } as const;
    const start = async (withIndexes: Record<string, { on: string[] }>) =>
      (await connect([{ ...shape, indexes: withIndexes }])).close();
    await start({ byA: { on: ['a'] } });
    await start({ byA: { on: ['a'] }, byB: { on: ['b'] } });
    expect((await indexes('later')).map(([name]) => name)).toEqual(['_id_', 'byA', 'byB', 'byId']);
    await expect(start({ byA: { on: ['b'] } })).rejects.toThrow(
      'later: there is an index called byA with other fields than are declared now. Give the changed index a new name.',
    );
  });

  it('reads rows of an older shape: missing fields are null, fields that are no longer declared are left out', async () => {
    const older = { partnership: 'older', version: 3, key: 'k', gone: true };
    await raw.collection<{ _id: string }>('things').insertOne({ _id: 'older', ...older });
    const rows = connected.stores.forPartnership('older').of(things);
    const row = await rows.get('older');
    expect(row).toEqual({ ...thing({ id: 'older', key: 'k' }), version: 3 });
    const found = await rows.find({ index: 'byGroup', where: { group: null } }, 10);
    expect(found).toEqual({ rows: [row], more: false });
    expect(await rows.save(row!)).toMatchObject({ version: 4 });
    expect(await raw.collection<{ _id: string }>('things').findOne({ _id: 'older' })).toEqual({
      ...Object.fromEntries(Object.keys(things.fields).map((field) => [field, null])),
      _id: 'older',
      partnership: 'older',
      version: 4,
      key: 'k',
    });
  });

  it.each([
    ['a reserved name', { fields: { version: 'integer' }, indexes: {} }],
    ['a name that the store uses', { fields: { writeId: 'text' }, indexes: {} }],
    ['the tenant’s own name', { fields: { partnership: 'text' }, indexes: {} }],
    ['a path', { fields: { 'a.b': 'text' }, indexes: {} }],
    ['an index over data', { fields: { a: 'data' }, indexes: { byA: { on: ['a'] } } }],
    ['an index over a list', { fields: { a: 'list' }, indexes: { byA: { on: ['a'] } } }],
    ['an index over nothing', { fields: {}, indexes: { byA: { on: [] } } }],
    ['an index over nobody', { fields: {}, indexes: { byA: { on: ['toString'] } } }],
    ['the store’s own index', { fields: { a: 'text' }, indexes: { byId: { on: ['a'] } } }],
  ] as const)('refuses a declaration with %s', async (_, part) => {
    const shape = { name: 'wrong', scope: 'partnership', ...part } as const;
    await expect(connect([shape])).rejects.toThrow('wrong: ');
  });

  it('refuses two collections with the same name', async () => {
    await expect(connect([things, { ...things }])).rejects.toThrow('called things');
  });

  it('shows store time', () => {
    expect(Math.abs(connected.clock.now().getTime() - Date.now())).toBeLessThan(10_000);
  });

  it('says which setting to correct when the server refuses the password', async () => {
    const failures = [{ command: 'find', code: 18, times: 1 }];
    const refusing = await startMongo({ failures });
    onTestFinished(refusing.stop);
    const error = await connectStores({ uri: refusing.uri, declarations }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CredentialError);
    expect(String(error)).toContain(`The MongoDB at 127.0.0.1:${refusing.port} refuses the user`);
  });

  it('says within its time limit that there is no server', async () => {
    const uri = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200';
    await expect(connectStores({ uri, declarations })).rejects.toThrow('ECONNREFUSED');
  });

  it.each([
    ['nonsense', 'MONGODB_URI is not an address'],
    ['mongodb://me:s3cret@one:port/', 'MONGODB_URI is not an address'],
    ['mongodb://me:s3cret@one/?colour=red', '(option colour is not supported)'],
  ])(
    'an address that cannot be used (%s) is a sentence without the password',
    async (uri, part) => {
      const error = await connectStores({ uri, declarations }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toContain(part);
      expect(String(error)).not.toContain('s3cret');
    },
  );

  it('waits for a server that is not there yet, and logs that once', async () => {
    let attempts = 0;
    const closed = createServer((socket) => {
      attempts++;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    const logged: string[] = [];
    const log = (_: object, message: string) => void logged.push(message);
    const connecting = connectWhenThere({
      uri: `mongodb://127.0.0.1:${port}/?serverSelectionTimeoutMS=100`,
      declarations,
      log: { info: () => {}, warn: () => {}, error: log },
    });
    await expect.poll(() => attempts, { timeout: 20_000 }).toBeGreaterThan(3);
    closed.close();
    const late = await startMongo({ port });
    onTestFinished(late.stop);
    const { close } = await connecting;
    await close();
    expect(logged).toEqual([expect.stringContaining('cannot be reached')]);
  }, 30_000);
});
