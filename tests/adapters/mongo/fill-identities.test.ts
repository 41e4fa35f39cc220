import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConnectedStores, connectStores } from '../../../src/adapters/mongo/connect.ts';
import { type Meta, meta } from '../../../src/adapters/mongo/migrate.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { identities } from '../../../src/core/domain/identities/identity.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { newMember } from '../../../src/core/domain/members/new-member.ts';
import { revise } from '../../../src/core/ports/store.ts';
import { startTestServer, type TestServer } from '../../contracts/store/server.ts';

let server: TestServer;
let database: string;
const opened: ConnectedStores[] = [];

beforeAll(async () => {
  server = await startTestServer();
  database = server.database();
});
afterAll(async () => {
  for (const connected of opened) await connected.close();
  await server?.stop();
});

async function connect(): Promise<ConnectedStores> {
  const connected = await connectStores({ uri: server.uri, database, declarations: collections });
  opened.push(connected);
  return connected;
}

it('members of before are found by who they are on a platform, in whichever partnership', async () => {
  const { stores } = await connect();
  const identity = (workspace: string, user: string) => ({ platform: 'chat', workspace, user });
  for (const partnership of ['one', 'two']) {
    const rows = Array.from({ length: 700 }, (_, index) =>
      newMember({
        id: `${partnership}-${index}`,
        name: `Member ${index}`,
        role: 'member',
        identities: [identity(partnership, `u${index}`), identity(`${partnership}-b`, `u${index}`)],
      }),
    );
    await stores.forPartnership(partnership).of(members).insertAll(rows);
  }
  // As a store was before: it had been brought to version 1.
  const version = stores.global<Meta, never>(meta);
  await revise(version, 'schema', (row) => ({ ...row, schemaVersion: 1 }));

  const { stores: later } = await connect();
  const found = await later
    .global(identities)
    .find({ index: 'byUser', where: { platform: 'chat', user: 'u699' } });
  expect(
    found.map(({ partnership, workspace, member }) => [partnership, workspace, member]),
  ).toEqual(
    expect.arrayContaining([
      ['one', 'one', 'one-699'],
      ['one', 'one-b', 'one-699'],
      ['two', 'two', 'two-699'],
      ['two', 'two-b', 'two-699'],
    ]),
  );
  expect(await later.global(identities).count({ index: 'byUser' })).toBe(2_800);
});
